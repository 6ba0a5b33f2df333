internal import Notebook
internal import Platform
internal import Workspace

/// Something that `--json` can print.
protocol JSONEncodable {
    var json: JSONValue { get }
}

extension Bool: JSONEncodable {
    var json: JSONValue { .bool(self) }
}

extension Int: JSONEncodable {
    var json: JSONValue { .number(String(self)) }
}

extension String: JSONEncodable {
    var json: JSONValue { .string(JSONString(self)) }
}

extension Path: JSONEncodable {
    /// The name as it is, or one that is not UTF-8 as git quotes it.
    ///
    /// A name that begins with a double quote is quoted too: what begins with one is always to be read like that.
    var json: JSONValue {
        guard let string, bytes.first != UInt8(ascii: "\"") else { return displayName.json }
        return string.json
    }
}

extension Optional: JSONEncodable where Wrapped: JSONEncodable {
    var json: JSONValue { map(\.json) ?? .null }
}

extension Array: JSONEncodable where Element: JSONEncodable {
    var json: JSONValue { .array(map(\.json)) }
}

extension Duration {
    /// Seconds with three decimals, as a JSON number.
    var secondsText: String {
        let milliseconds =
            components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
        let rest = String(milliseconds % 1000)
        return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - rest.utf8.count))\(rest)"
    }
}

extension Failure: JSONEncodable {
    /// `{"message": …}` and as much of the place and the hint as there is.
    var json: JSONValue {
        var object: JSONObject = ["message": message.json]
        object["path"] = path?.json
        object["line"] = line?.json
        object["column"] = column?.json
        object["byte"] = byteOffset?.json
        object["cell"] = cellNumber?.json
        object["hint"] = (hint ?? suggestion)?.json
        return .object(object)
    }
}

extension JSONObject {
    /// Adds the members of another object behind these.
    mutating func add(_ other: JSONObject) {
        for (key, value) in other.members { self[key] = value }
    }
}
