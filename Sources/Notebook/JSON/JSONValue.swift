/// A JSON value taken out of its text; numbers keep the text they were written with.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A number as written: `1.50`, `1e400`, `12345678901234567890`, also Python's `NaN` and `-Infinity`.
    case number(String)
    case string(JSONString)
    case array([JSONValue])
    case object(JSONObject)

    /// The members of an object; nil for every other kind of value.
    public var object: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }
    /// The elements of an array; nil for every other kind of value.
    public var array: [JSONValue]? {
        if case .array(let array) = self { array } else { nil }
    }
    /// The text of a string, with U+FFFD for lone surrogates.
    public var string: String? {
        if case .string(let text) = self { text.string } else { nil }
    }
    /// `true` or `false`; nil for every other kind, 0 and 1 included.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }
    /// A number written without point and exponent that fits into 64 bits; else nil.
    public var integer: Int? {
        if case .number(let text) = self { Int(text) } else { nil }
    }
    /// Whether `null` is written there; a missing member is no value at all.
    public var isNull: Bool { self == .null }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral
{
    /// A string written in Swift source.
    public init(stringLiteral text: String) { self = .string(JSONString(text)) }
    /// `true` or `false` written in Swift source.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A number written in Swift source, kept in decimal digits.
    public init(integerLiteral value: Int) { self = .number(String(value)) }
}
