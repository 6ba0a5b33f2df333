/// The members of a JSON object in the order of the text; of duplicate keys the last value holds.
public struct JSONObject: Hashable, Sendable {
    /// A key, unique in its object, and what it stands for.
    public typealias Member = (key: JSONString, value: JSONValue)
    /// All members in the order of the text, those set later at the end.
    public private(set) var members: [Member] = []
    /// Where each key stands, once there are too many to look through.
    private var places: [JSONString: Int]?
    private static let mostToLookThrough = 16

    /// The object `{}`.
    public init() {}
    /// Keeps the order of `members`; a key that comes again has its first place and its last value.
    public init(_ members: some Sequence<Member>) {
        for (key, value) in members { self[key] = value }
    }

    /// Whether it is `{}`.
    public var isEmpty: Bool { members.isEmpty }
    /// The number of members; a duplicate key counts once.
    public var count: Int { members.count }

    /// The value of `key`; setting nil removes it, setting a new key puts it last.
    ///
    /// The key is not even made for an empty object, which most metadata are.
    public subscript(key: @autoclosure () -> JSONString) -> JSONValue? {
        get { isEmpty ? nil : place(of: key()).map { members[$0].value } }
        set {
            let key = key()
            switch (place(of: key), newValue) {
            case (nil, nil): return
            case (nil, let value?):
                members.append((key, value))
                places?[key] = members.count - 1
                if places == nil, members.count > Self.mostToLookThrough { notePlaces() }
            case (let place?, let value?): members[place].value = value
            case (let place?, nil):
                members.remove(at: place)
                if places != nil { notePlaces() }
            }
        }
    }

    private func place(of key: JSONString) -> Int? {
        if let places { places[key] } else { members.firstIndex { $0.key == key } }
    }

    private mutating func notePlaces() {
        places = Dictionary(
            uniqueKeysWithValues: members.indices.map { (members[$0].key, $0) })
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

extension JSONObject {
    /// Whether both hold the same members in the same order.
    public static func == (left: Self, right: Self) -> Bool {
        left.members.elementsEqual(right.members) { $0 == $1 }
    }

    /// Feeds the members, in their order.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(members.count)
        for (key, value) in members {
            hasher.combine(key)
            hasher.combine(value)
        }
    }
}
