/// How plain scalars are typed: YAML 1.1 as PyYAML resolves it, because jupytext writes headers with it.
enum YAMLScalar {
    /// What an unquoted scalar says.
    ///
    /// A number that JSON would spell otherwise (`3.10`, `010`, `1:30`, `0x1F`) is kept as text: in a
    /// header it is a version or a time, and `3.1` would be another one. Dates are text as well.
    static func value(ofPlain text: String) -> JSONValue {
        if isNull(text) { return .null }
        if let bool = bool(text) { return .bool(bool) }
        switch text {
        case ".nan", ".NaN", ".NAN": return .number("NaN")
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .number("Infinity")
        case "-.inf", "-.Inf", "-.INF": return .number("-Infinity")
        default: break
        }
        // YAML 1.1 wants a point before an exponent: `1.0e+100`.
        let number =
            text.hasSuffix(".0") ? text : text.split(separator: ".0e").joined(separator: "e")
        guard isNumber(text), PythonNumber.isCanonical(number) else {
            return .string(JSONString(text))
        }
        return .number(number)
    }

    /// Whether an unquoted scalar would not be read as a string by a YAML 1.1 reader.
    static func isTyped(_ text: JSONString) -> Bool {
        guard let first = text.utf8.first else { return true }
        // Nearly every text is longer than the words, and begins with something else than the rest.
        let isShort = text.utf8.count <= longestWordCount
        let isLikeNumber =
            first.isDigit || first == UInt8(ascii: "+") || first == UInt8(ascii: "-")
            || first == UInt8(ascii: ".")
        guard isShort || isLikeNumber, case let text = text.string else { return false }
        return isShort && isWord(text) || isLikeNumber && (isNumber(text) || isTimestamp(text))
    }

    /// The length of `false`, and of `-.inf`.
    private static let longestWordCount = 5

    private static func isWord(_ text: String) -> Bool {
        switch text {
        case "=", "<<", ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF",
            "-.inf", "-.Inf", "-.INF":
            true
        default: isNull(text) || bool(text) != nil
        }
    }

    private static func isNull(_ text: String) -> Bool {
        ["", "~", "null", "Null", "NULL"].contains(text)
    }

    private static func bool(_ text: String) -> Bool? {
        switch text {
        case "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": true
        case "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF": false
        default: nil
        }
    }

    private static func isNumber(_ text: String) -> Bool {
        var rest = text.utf8[...]
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            rest.removeFirst()
        }
        guard let first = rest.first else { return false }
        if rest.contains(.colon) { return isSexagesimal(rest) }
        if rest.contains(UInt8(ascii: ".")) { return isFloat(rest) }
        guard first.isDigit else { return false }
        if first == UInt8(ascii: "0"), rest.count > 1 {
            let digits = rest.dropFirst()
            switch digits.first {
            case UInt8(ascii: "x"): return isRun(digits.dropFirst(), of: { $0.hexValue != nil })
            case UInt8(ascii: "b"):
                return isRun(digits.dropFirst(), of: { $0 == 0x30 || $0 == 0x31 })
            default: return isRun(digits, of: { (0x30...0x37).contains($0) })
            }
        }
        return isRun(rest, of: \.isDigit)
    }

    /// `[0-9][0-9_]*\.[0-9_]*([eE][-+][0-9]+)?` or `\.[0-9][0-9_]*([eE][-+][0-9]+)?`, unsigned.
    private static func isFloat(_ text: Substring.UTF8View) -> Bool {
        guard let point = text.firstIndex(of: UInt8(ascii: ".")) else { return false }
        let whole = text[..<point]
        var rest = text[text.index(after: point)...]
        let fraction = rest.prefix { $0.isDigit || $0 == UInt8(ascii: "_") }
        rest = rest[fraction.endIndex...]
        guard whole.isEmpty ? fraction.first?.isDigit == true : isNumberRun(whole) else {
            return false
        }
        guard let exponent = rest.first else { return true }
        guard exponent | 0x20 == UInt8(ascii: "e") else { return false }
        rest.removeFirst()
        guard let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") else {
            return false
        }
        rest.removeFirst()
        return !rest.isEmpty && rest.allSatisfy(\.isDigit)
    }

    /// `[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?`; without a fraction the first digit is not 0.
    private static func isSexagesimal(_ text: Substring.UTF8View) -> Bool {
        var parts = text.split(separator: .colon, omittingEmptySubsequences: false)
        guard isNumberRun(parts[0]), parts.count > 1 else { return false }
        var last = parts[parts.count - 1]
        if let point = last.firstIndex(of: UInt8(ascii: ".")) {
            guard last[point...].dropFirst().allSatisfy({ $0.isDigit || $0 == UInt8(ascii: "_") })
            else {
                return false
            }
            last = last[..<point]
            parts[parts.count - 1] = last
        } else if parts[0].first == UInt8(ascii: "0") {
            return false
        }
        return parts.dropFirst().allSatisfy { part in
            guard (1...2).contains(part.count), part.allSatisfy(\.isDigit) else { return false }
            return part.count == 1 || (part.first ?? 0) <= UInt8(ascii: "5")
        }
    }

    /// `2020-01-01` and `2020-1-1T10:00:00.5Z`: a date, alone or with a time behind it.
    private static func isTimestamp(_ text: String) -> Bool {
        let parts = text.utf8.split(
            maxSplits: 1, omittingEmptySubsequences: false,
            whereSeparator: {
                $0 == UInt8(ascii: "T") || $0 == UInt8(ascii: "t") || $0 == .space || $0 == .tab
            })
        let date = parts[0].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard date.count == 3, date[0].count == 4, date.allSatisfy({ $0.allSatisfy(\.isDigit) })
        else { return false }
        guard parts.count == 2 else { return date[1].count == 2 && date[2].count == 2 }
        guard (1...2).contains(date[1].count), (1...2).contains(date[2].count) else { return false }
        let clock = parts[1].drop { $0 == .space || $0 == .tab }
        let times = clock.prefix { $0.isDigit || $0 == .colon }.split(
            separator: .colon, omittingEmptySubsequences: false)
        guard times.count == 3, (1...2).contains(times[0].count), times[1].count == 2,
            times[2].count == 2
        else {
            return false
        }
        return isZone(clock.drop { $0.isDigit || $0 == .colon })
    }

    /// `(\.[0-9]*)?([ \t]*(Z|[-+][0-9][0-9]?(:[0-9][0-9])?))?`, all that may follow the seconds.
    private static func isZone(_ text: Substring.UTF8View) -> Bool {
        var rest = text
        if rest.first == UInt8(ascii: ".") { rest = rest.dropFirst().drop(while: \.isDigit) }
        guard !rest.isEmpty else { return true }
        rest = rest.drop { $0 == .space || $0 == .tab }
        if rest.elementsEqual("Z".utf8) { return true }
        guard let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") else {
            return false
        }
        let parts = rest.dropFirst().split(separator: .colon, omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isDigit) }) else {
            return false
        }
        return parts[0].count <= 2 && (parts.count == 1 || parts[1].count == 2)
    }

    private static func isNumberRun(_ text: Substring.UTF8View) -> Bool {
        text.first?.isDigit == true && isRun(text, of: \.isDigit)
    }

    /// Whether there are only such digits and underscores, and at least one byte.
    private static func isRun(_ text: Substring.UTF8View, of isDigit: (UInt8) -> Bool) -> Bool {
        !text.isEmpty && text.allSatisfy { isDigit($0) || $0 == UInt8(ascii: "_") }
    }
}
