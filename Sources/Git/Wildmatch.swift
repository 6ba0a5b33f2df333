/// The glob patterns of git: `*`, `?`, `[a-z]`, and `**` between slashes.
///
///     *         any bytes but slashes
///     **/  /**  any folders, where the stars stand between slashes or at an end
///     ?         one byte that is no slash
///     [a-c!]    one byte of a set; `[!…]` and `[^…]` one that is not in it; `[[:digit:]]` and the other classes
///     \x        the byte x
///
/// Matches bytes, not characters, as git does: `?` is not enough for an `é`. Follows `wildmatch` of git,
/// and its habits with patterns that are not well formed: those match nothing.
struct Wildmatch {
    private let pattern: [UInt8]
    private let text: [UInt8]
    private let ignoresCase: Bool
    /// Whether a slash is matched by slashes and `**` only.
    private let keepsSlashes: Bool

    /// How a match ended.
    ///
    /// The two ways to give up keep a pattern with many stars from being tried in all ways there are.
    private enum Outcome {
        case match
        case mismatch
        /// The text ended: no star to the left can help by taking more of it.
        case abort
        /// A slash is in the way: only a `**` to the left can help.
        case abortToStarStar
    }

    /// Whether all of `text` is described by `pattern`.
    static func matches(
        _ pattern: some Sequence<UInt8>, _ text: some Sequence<UInt8>, ignoresCase: Bool = false,
        keepsSlashes: Bool = true
    ) -> Bool {
        let match = Wildmatch(
            pattern: Array(pattern), text: Array(text), ignoresCase: ignoresCase,
            keepsSlashes: keepsSlashes)
        return match.outcome(0, 0) == .match
    }

    /// The place behind the bracket that closes the set opening at `start`; nil where git finds none.
    static func endOfSet(at start: Int, of pattern: [UInt8]) -> Int? {
        ByteSet(at: start, of: pattern, ignoresCase: false)?.end
    }

    /// Whether a byte means something else than itself in a pattern.
    static func isSpecial(_ byte: UInt8) -> Bool { "*?[\\".utf8.contains(byte) }

    /// The byte at a place of the pattern; 0 behind its end, which no pattern holds.
    private func sign(_ place: Int) -> UInt8 { place < pattern.count ? pattern[place] : 0 }

    private func folded(_ byte: UInt8) -> UInt8 { ignoresCase ? byte.lowercased : byte }

    private func isBarrier(_ byte: UInt8) -> Bool { keepsSlashes && byte == .slash }

    private func outcome(_ patternStart: Int, _ textStart: Int) -> Outcome {
        var (place, index) = (patternStart, textStart)
        while place < pattern.count {
            let byte = sign(place)
            guard index < text.count || byte == .star else { return .abort }
            switch byte {
            case .star:
                return star(at: place, from: patternStart, index)
            case UInt8(ascii: "?"):
                guard !isBarrier(text[index]) else { return .mismatch }
            case UInt8(ascii: "["):
                guard let set = ByteSet(at: place, of: pattern, ignoresCase: ignoresCase) else {
                    return .abort
                }
                guard set.contains(folded(text[index])), !isBarrier(text[index]) else {
                    return .mismatch
                }
                place = set.end - 1
            case .backslash:
                place += 1
                guard place < pattern.count, folded(text[index]) == folded(sign(place)) else {
                    return .mismatch
                }
            default:
                guard folded(text[index]) == folded(byte) else { return .mismatch }
            }
            place += 1
            index += 1
        }
        return index == text.count ? .match : .mismatch
    }

    private func star(at place: Int, from patternStart: Int, _ textStart: Int) -> Outcome {
        var rest = place + 1
        var crossesSlashes = !keepsSlashes
        if sign(rest) == .star {
            while sign(rest) == .star { rest += 1 }
            let isOpen = place == patternStart || sign(place - 1) == .slash
            let isClosed =
                rest == pattern.count || sign(rest) == .slash
                || sign(rest) == .backslash && sign(rest + 1) == .slash
            let isFolders = keepsSlashes && isOpen && isClosed
            crossesSlashes = crossesSlashes || isFolders
            // `**/` also stands for no folder at all.
            if isFolders, sign(rest) == .slash, outcome(rest + 1, textStart) == .match {
                return .match
            }
        }
        if rest == pattern.count {
            return crossesSlashes || !text[textStart...].contains(.slash)
                ? .match : .abortToStarStar
        }
        if !crossesSlashes, sign(rest) == .slash {
            guard let slash = text[textStart...].firstIndex(of: .slash) else { return .abort }
            return outcome(rest + 1, slash + 1)
        }
        var index = textStart
        while index < text.count {
            let outcome = outcome(rest, index)
            switch outcome {
            case .match, .abort: return outcome
            case .abortToStarStar where !crossesSlashes: return outcome
            default: break
            }
            if !crossesSlashes, text[index] == .slash { return .abortToStarStar }
            index += 1
        }
        return .abort
    }
}

/// The bytes between brackets.
private struct ByteSet {
    private var members: [ClosedRange<UInt8>] = []
    private var classes: [(UInt8) -> Bool] = []
    private var isNegated = false
    private let ignoresCase: Bool
    /// The place behind the closing bracket.
    private(set) var end: Int

    /// Reads the set that opens at `start`; nil where it does not close or names a class that is none.
    init?(at start: Int, of pattern: [UInt8], ignoresCase: Bool) {
        self.ignoresCase = ignoresCase
        end = start + 1
        func sign(_ place: Int) -> UInt8 { place < pattern.count ? pattern[place] : 0 }
        if sign(end) == UInt8(ascii: "!") || sign(end) == UInt8(ascii: "^") {
            isNegated = true
            end += 1
        }
        var previous: UInt8?
        // A bracket in the first place is a member.
        repeat {
            guard end < pattern.count else { return nil }
            var byte = pattern[end]
            let isRange =
                byte == UInt8(ascii: "-") && previous != nil && end + 1 < pattern.count
                && sign(end + 1) != UInt8(ascii: "]")
            if isRange, let first = previous {
                end += 1
                if sign(end) == .backslash { end += 1 }
                guard end < pattern.count else { return nil }
                if first <= pattern[end] { members.append(first...pattern[end]) }
                previous = nil
            } else if byte == UInt8(ascii: "["), sign(end + 1) == UInt8(ascii: ":") {
                guard let close = pattern[(end + 2)...].firstIndex(of: UInt8(ascii: "]")) else {
                    return nil
                }
                guard close > end + 2, pattern[close - 1] == UInt8(ascii: ":") else {
                    members.append(byte...byte)
                    previous = byte
                    end += 1
                    continue
                }
                let name = String(decoding: pattern[(end + 2)..<(close - 1)], as: UTF8.self)
                guard let contains = Self.classes[name] else { return nil }
                classes.append(contains)
                previous = nil
                end = close
            } else {
                if byte == .backslash {
                    end += 1
                    guard end < pattern.count else { return nil }
                    byte = pattern[end]
                }
                members.append(byte...byte)
                previous = byte
            }
            end += 1
        } while sign(end) != UInt8(ascii: "]")
        end += 1
    }

    func contains(_ byte: UInt8) -> Bool {
        var isMember = members.contains { $0.contains(byte) } || classes.contains { $0(byte) }
        if ignoresCase, byte.isLowercaseLetter {
            let upper = byte - 0x20
            isMember = isMember || members.contains { $0.count > 1 && $0.contains(upper) }
        }
        return isMember != isNegated
    }

    /// The classes of POSIX in the C locale.
    private static let classes: [String: @Sendable (UInt8) -> Bool] = [
        "alnum": { $0.isDigit || $0.lowercased.isLowercaseLetter },
        "alpha": { $0.lowercased.isLowercaseLetter },
        "blank": { $0 == 0x20 || $0 == 0x09 },
        "cntrl": { $0 < 0x20 || $0 == 0x7F },
        "digit": { $0.isDigit },
        "graph": { (0x21..<0x7F).contains($0) },
        "lower": { $0.isLowercaseLetter },
        "print": { (0x20..<0x7F).contains($0) },
        "punct": {
            (0x21..<0x7F).contains($0) && !$0.isDigit && !$0.lowercased.isLowercaseLetter
        },
        "space": { $0 == 0x20 || (0x09...0x0D).contains($0) },
        "upper": { (0x41...0x5A).contains($0) },
        "xdigit": { $0.isDigit || (0x61...0x66).contains($0.lowercased) },
    ]
}

extension UInt8 {
    static let star = UInt8(ascii: "*")
    static let backslash = UInt8(ascii: "\\")
    static let slash = UInt8(ascii: "/")

    var isDigit: Bool { (0x30...0x39).contains(self) }
    var isLowercaseLetter: Bool { (0x61...0x7A).contains(self) }
    var lowercased: UInt8 { (0x41...0x5A).contains(self) ? self + 0x20 : self }
}
