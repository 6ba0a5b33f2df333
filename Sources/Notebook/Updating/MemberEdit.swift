/// Changes to the members of one object in a file.
///
/// As long as nothing is deleted, only the values that change are touched; else the object is laid out
/// again from the bytes of the members that stay.
struct MemberEdit {
    private let node: JSONNode
    private let members: [(key: JSONNode, value: JSONNode)]
    private let spelling: JSONSpelling
    private let bytes: [UInt8]
    /// New values, by the place of the member.
    private var values: [Int: JSONValue] = [:]
    private var deleted: Set<Int> = []
    private var added = JSONObject()
    /// Whether new members go where they belong when the others are sorted; else they go last.
    var keepsOrder = false

    init(
        node: JSONNode, members: [(key: JSONNode, value: JSONNode)], spelling: JSONSpelling,
        bytes: [UInt8]
    ) {
        self.node = node
        self.members = members
        self.spelling = spelling
        self.bytes = bytes
    }

    /// Of duplicate keys the last one counts.
    mutating func set(_ key: JSONString, to value: JSONValue) {
        guard let place = members.lastIndex(where: { $0.key.joinedText == key.utf8 }) else {
            added[key] = value
            return
        }
        values[place] = value
    }

    mutating func delete(_ key: JSONString) {
        for place in members.indices where members[place].key.joinedText == key.utf8 {
            deleted.insert(place)
        }
    }

    func note(in splice: inout Splice) {
        guard deleted.isEmpty, !members.isEmpty || added.isEmpty else {
            return splice.replace(node.range, with: laidOut)
        }
        for (place, value) in values {
            splice.replace(members[place].value.range, with: text(of: value, at: place))
        }
        guard let last = members.last, !added.isEmpty else { return }
        if keepsOrder, let next = nextMember {
            let start = next.key.range.lowerBound
            splice.replace(start..<start, with: addedMembers.flatMap { $0 + separator })
            return
        }
        let end = last.value.range.upperBound
        splice.replace(end..<end, with: addedMembers.flatMap { separator + $0 })
    }

    /// The member that a single new one goes before; nil where it goes last.
    private var nextMember: (key: JSONNode, value: JSONNode)? {
        guard added.members.count == 1, let new = added.members.first?.key.utf8 else { return nil }
        let keys = members.map { $0.key.joinedText ?? [] }
        let isSorted = zip(keys, keys.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) }
        guard isSorted else { return nil }
        return members.first { new.lexicographicallyPrecedes($0.key.joinedText ?? []) }
    }

    private func text(of value: JSONValue, at place: Int) -> [UInt8] {
        spelling.value(
            value, indent: spelling.indent(at: members[place].value.range.lowerBound, in: bytes))
    }

    private var addedMembers: [[UInt8]] {
        added.members.map { member in
            spelling.string(member.key.utf8) + spelling.colon
                + spelling.value(member.value, indent: inner)
        }
    }

    private var laidOut: [UInt8] {
        let kept = members.indices.filter { !deleted.contains($0) }.map { place -> [UInt8] in
            let (key, value) = members[place]
            guard let new = values[place] else {
                return Array(bytes[key.range.lowerBound..<value.range.upperBound])
            }
            return Array(bytes[key.range.lowerBound..<value.range.lowerBound])
                + text(of: new, at: place)
        }
        let all = kept + addedMembers
        guard !all.isEmpty else { return Array("{}".utf8) }
        return [.openBrace] + opening + Array(all.joined(separator: separator)) + closing + [
            .closeBrace
        ]
    }

    // MARK: What stands between members

    private var inner: [UInt8] {
        spelling.indent(at: node.range.lowerBound, in: bytes) + spelling.indentUnit
    }

    private var opening: [UInt8] {
        guard let first = members.first else {
            return spelling.lineEnd.isEmpty ? [] : spelling.lineEnd + inner
        }
        return Array(bytes[(node.range.lowerBound + 1)..<first.key.range.lowerBound])
    }

    private var closing: [UInt8] {
        guard let last = members.last else {
            return spelling.lineEnd.isEmpty
                ? [] : spelling.lineEnd + spelling.indent(at: node.range.lowerBound, in: bytes)
        }
        return Array(bytes[last.value.range.upperBound..<(node.range.upperBound - 1)])
    }

    private var separator: [UInt8] {
        if members.count > 1 {
            return Array(bytes[members[0].value.range.upperBound..<members[1].key.range.lowerBound])
        }
        return spelling.separator(after: opening)
    }
}
