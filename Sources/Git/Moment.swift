internal import Platform

/// A point in time as commits keep it: with the zone of the clock it was read from.
public struct Moment: Hashable, Sendable {
    /// Seconds since the start of 1970, UTC.
    public let seconds: Int
    /// How far the zone is east of UTC, in minutes.
    public let offsetMinutes: Int

    /// Takes both as they stand.
    public init(seconds: Int, offsetMinutes: Int) {
        self.seconds = seconds
        self.offsetMinutes = offsetMinutes
    }

    /// This moment, on this machine's clock.
    public static func now() -> Moment {
        let seconds = LocalTime.now()
        return Moment(seconds: seconds, offsetMinutes: LocalTime.offsetMinutes(at: seconds))
    }

    /// The zone as git writes it: `+0130`.
    public var zone: String {
        let minutes = abs(offsetMinutes)
        return (offsetMinutes < 0 ? "-" : "+") + Self.digits(minutes / 60, 2)
            + Self.digits(minutes % 60, 2)
    }

    /// As `git log` shows it: `Thu Feb 29 12:34:56 2024 +0000`.
    public var text: String {
        let date = CivilDate(daysSince1970: days)
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][((days % 7) + 7) % 7]
        return
            "\(weekday) \(CivilDate.months[date.month - 1]) \(date.day) \(clock) \(date.year) \(zone)"
    }

    /// As ISO 8601 has it: `2024-02-29T12:34:56+00:00`.
    public var iso8601: String {
        let date = CivilDate(daysSince1970: days)
        let day =
            "\(Self.digits(date.year, 4))-\(Self.digits(date.month, 2))-\(Self.digits(date.day, 2))"
        return "\(day)T\(clock)\(zone.prefix(3)):\(zone.suffix(2))"
    }

    private var localSeconds: Int { seconds + offsetMinutes * 60 }

    private var days: Int {
        localSeconds >= 0 ? localSeconds / 86400 : (localSeconds - 86399) / 86400
    }

    private var clock: String {
        let second = localSeconds - days * 86400
        return [second / 3600, second / 60 % 60, second % 60].map { Self.digits($0, 2) }
            .joined(separator: ":")
    }

    private static func digits(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}

/// A day of the calendar, reckoned by itself: no library's, as those know zones and start slowly.
struct CivilDate: Hashable {
    let year: Int
    let month: Int
    let day: Int

    static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Nil for a day that is in no calendar.
    init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), (1...31).contains(day), (0...9999).contains(year) else {
            return nil
        }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Follows Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
    init(daysSince1970 days: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Follows days_from_civil of the same.
    var daysSince1970: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
