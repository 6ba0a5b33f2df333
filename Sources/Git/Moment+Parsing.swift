internal import Platform

extension Moment {
    /// Reads a date as `GIT_AUTHOR_DATE` may have it, or is nil for anything else.
    ///
    /// The form of git itself (`1709210096 +0100`, also with `@` in front), ISO 8601
    /// (`2024-02-29T12:34:56+01:00`) and RFC 2822 (`Thu, 29 Feb 2024 12:34:56 +0100`). Without a zone the
    /// local one is meant, without a time midnight.
    ///
    /// Follows git-commit(1), "Date formats".
    public init?(_ text: String) {
        var words = text.split { $0 == " " || $0 == "T" && text.first?.isNumber == true }
            .map(String.init)[...]
        guard let first = words.first else { return nil }
        if let seconds = Self.gitSeconds(first, wordCount: words.count) {
            guard let zone = words.dropFirst().first else {
                self.init(local: seconds)
                return
            }
            guard words.count == 2, let offset = Self.zone(zone) else { return nil }
            self.init(seconds: seconds, offsetMinutes: offset)
            return
        }
        guard let date = Self.date(&words) else { return nil }
        var seconds = date.daysSince1970 * 86400
        var zone: String?
        if let time = words.popFirst() {
            let end = time.lastIndex { "+-Z".contains($0) }
            guard let clock = Self.clock(String(time[..<(end ?? time.endIndex)])) else {
                return nil
            }
            seconds += clock
            zone = end.map { String(time[$0...]) } ?? words.popFirst()
        }
        guard words.isEmpty else { return nil }
        guard let zone else {
            let offset = LocalTime.offsetMinutes(at: seconds)
            self.init(local: seconds - offset * 60)
            return
        }
        guard let offset = Self.zone(zone) else { return nil }
        self.init(seconds: seconds - offset * 60, offsetMinutes: offset)
    }

    private init(local seconds: Int) {
        self.init(seconds: seconds, offsetMinutes: LocalTime.offsetMinutes(at: seconds))
    }

    /// `@5`, or a number that is too large to be a year.
    private static func gitSeconds(_ word: String, wordCount: Int) -> Int? {
        if word.hasPrefix("@") { return Int(word.dropFirst()).flatMap { $0 >= 0 ? $0 : nil } }
        guard word.utf8.count >= 9, let seconds = Int(word), seconds >= 0 else { return nil }
        return seconds
    }

    /// `2024-02-29`, or `[Thu,] 29 Feb 2024`.
    private static func date(_ words: inout ArraySlice<String>) -> CivilDate? {
        if let first = words.first, first.hasSuffix(",") { words.removeFirst() }
        guard let first = words.popFirst() else { return nil }
        let parts = first.split { "-./".contains($0) }.map { Int($0) }
        if parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2] {
            return CivilDate(year: year, month: month, day: day)
        }
        guard parts.count == 1, let day = parts[0], let name = words.popFirst(),
            let month = CivilDate.months.firstIndex(where: { name.hasPrefix($0) }),
            let year = words.popFirst().flatMap({ Int($0) })
        else { return nil }
        return CivilDate(year: year, month: month + 1, day: day)
    }

    /// Seconds since midnight for `12:34` or `12:34:56`; a fraction is dropped, as git does.
    private static func clock(_ word: String) -> Int? {
        let parts = word.prefix { $0 != "." }.split(
            separator: ":", omittingEmptySubsequences: false
        ).map { Int($0) }
        guard (2...3).contains(parts.count), let hour = parts[0], let minute = parts[1],
            let second = parts.count == 3 ? parts[2] : 0, (0...24).contains(hour),
            (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    /// Minutes east of UTC for `+0100`, `-01:30`, `+01` or `Z`.
    private static func zone(_ word: String) -> Int? {
        if word == "Z" || word == "UTC" || word == "GMT" { return 0 }
        let digits = word.dropFirst().filter { $0 != ":" }
        guard let sign = word.first, "+-".contains(sign), let number = Int(digits) else {
            return nil
        }
        let minutes = digits.count > 2 ? number / 100 * 60 + number % 100 : number * 60
        guard minutes < 24 * 60 else { return nil }
        return sign == "-" ? -minutes : minutes
    }
}
