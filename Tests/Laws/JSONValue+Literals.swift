public import Notebook

/// Lets tests write values as Swift does: `["a": [1, true]]`.
extension JSONValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    /// An array, `[1, true]`.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    /// An object, `["a": 1]`.
    public init(dictionaryLiteral elements: (JSONString, JSONValue)...) {
        self = .object(JSONObject(elements.map { (key: $0, value: $1) }))
    }
}
