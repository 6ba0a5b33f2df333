internal import Platform

/// Which references of one repository become which of another: `+refs/heads/*:refs/remotes/origin/*`.
///
/// Follows gitrevisions(7) and refspec.c of git.
struct Refspec: Hashable {
    /// The name on the side that objects come from; empty for HEAD, or for a deletion when pushing.
    let source: [UInt8]
    /// The name on the other side; nil where none is given.
    let destination: [UInt8]?
    /// Whether a reference may go back, or sideways.
    let isForced: Bool
    /// Whether references that match are left out.
    let isNegative: Bool

    /// Reads one; nil where patterns do not match each other.
    init?(_ text: [UInt8]) {
        var rest = text[...]
        isNegative = rest.first == UInt8(ascii: "^")
        isForced = rest.first == UInt8(ascii: "+")
        if isNegative || isForced { rest = rest.dropFirst() }
        if let colon = rest.lastIndex(of: UInt8(ascii: ":")) {
            source = Array(rest[..<colon])
            destination = Array(rest[(colon + 1)...])
        } else {
            source = Array(rest)
            destination = nil
        }
        let stars = { (name: [UInt8]) in name.count { $0 == UInt8(ascii: "*") } }
        guard stars(source) <= 1,
            destination.map({ $0.isEmpty || stars($0) == stars(source) }) ?? true,
            !isNegative || destination == nil
        else { return nil }
    }

    /// Whether it stands for more than one reference.
    var isPattern: Bool { source.contains(UInt8(ascii: "*")) }

    /// Whether the side that objects come from has that name.
    func matches(_ name: ReferenceName) -> Bool {
        Self.rest(of: name.path.bytes, in: source) != nil
    }

    /// What a reference becomes on the other side; nil where it does not match or becomes nothing.
    func destination(of name: ReferenceName) -> ReferenceName? {
        guard let destination, !destination.isEmpty else { return nil }
        return Self.mapped(name, source, destination)
    }

    /// What a reference of the other side comes from.
    func source(of name: ReferenceName) -> ReferenceName? {
        guard let destination else { return nil }
        return Self.mapped(name, destination, source)
    }

    private static func mapped(
        _ name: ReferenceName, _ pattern: [UInt8], _ result: [UInt8]
    ) -> ReferenceName? {
        guard let rest = rest(of: name.path.bytes, in: pattern) else { return nil }
        guard let star = result.firstIndex(of: UInt8(ascii: "*")) else {
            return ReferenceName(Path(bytes: result))
        }
        return ReferenceName(Path(bytes: result[..<star] + rest + result[(star + 1)...]))
    }

    /// What `*` stands for; empty where there is none.
    private static func rest(of name: [UInt8], in pattern: [UInt8]) -> [UInt8]? {
        guard let star = pattern.firstIndex(of: UInt8(ascii: "*")) else {
            return name == pattern ? [] : nil
        }
        let (start, end) = (pattern[..<star], pattern[(star + 1)...])
        guard name.count >= start.count + end.count, name.starts(with: start),
            name.suffix(end.count).elementsEqual(end)
        else { return nil }
        return Array(name[start.count..<name.count - end.count])
    }
}

extension Refspec: CustomStringConvertible {
    /// As it is written, without the signs that people cannot see.
    var description: String { Path(bytes: bytes).displayName }

    /// As it is written.
    var bytes: [UInt8] {
        Array((isNegative ? "^" : isForced ? "+" : "").utf8) + source
            + (destination.map { Array(":".utf8) + $0 } ?? [])
    }
}
