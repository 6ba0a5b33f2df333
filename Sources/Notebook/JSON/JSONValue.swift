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

/// The members of a JSON object in the order of the text; of duplicate keys the last value holds.
public struct JSONObject: Hashable, Sendable {
    /// A key, unique in its object, and what it stands for.
    public typealias Member = (key: JSONString, value: JSONValue)
    private var keys: [JSONString] = []
    private var values: [JSONValue] = []

    /// The object `{}`.
    public init() {}
    /// Keeps the order of `members`; a key that comes again has its first place and its last value.
    public init(_ members: some Sequence<Member>) {
        for (key, value) in members { self[key] = value }
    }

    /// Whether it is `{}`.
    public var isEmpty: Bool { keys.isEmpty }
    /// The number of members; a duplicate key counts once.
    public var count: Int { keys.count }
    /// All members in the order of the text, those set later at the end.
    public var members: [Member] { zip(keys, values).map { (key: $0, value: $1) } }

    /// The value of `key`; setting nil removes it, setting a new key puts it last.
    public subscript(key: JSONString) -> JSONValue? {
        get { keys.firstIndex(of: key).map { values[$0] } }
        set {
            guard let place = keys.firstIndex(of: key) else {
                if let newValue {
                    keys.append(key)
                    values.append(newValue)
                }
                return
            }
            guard let newValue else {
                keys.remove(at: place)
                values.remove(at: place)
                return
            }
            values[place] = newValue
        }
    }

    /// The members whose key and value satisfy `isIncluded`, in order.
    public func filter(_ isIncluded: (Member) throws -> Bool) rethrows -> JSONObject {
        JSONObject(try members.filter(isIncluded))
    }

    /// The members sorted by key, by code point.
    public var sorted: [Member] { members.sorted { $0.key < $1.key } }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// An object written in Swift source; unlike in a `Dictionary`, keys may come again.
    public init(dictionaryLiteral elements: (JSONString, JSONValue)...) {
        self.init(elements.map { (key: $0, value: $1) })
    }
}
