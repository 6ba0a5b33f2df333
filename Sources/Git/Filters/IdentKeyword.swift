/// The keyword `$Id$`, which holds the name of the blob in the work tree and nothing in the repository.
///
/// Follows gitattributes(5), "ident", and `ident_to_git` and `ident_to_worktree` of git's convert.c.
enum IdentKeyword {
    private static let dollar = UInt8(ascii: "$")
    private static let start = Array("Id:".utf8)

    /// The content with what stands in keywords taken out; nil for no change.
    static func stored(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.contains(dollar) else { return nil }
        var result: [UInt8] = []
        var rest = bytes[...]
        while let place = rest.firstIndex(of: dollar) {
            result += rest[...place]
            rest = rest[(place + 1)...]
            guard rest.count > start.count, rest.starts(with: start),
                let end = rest.dropFirst(start.count).firstIndex(of: dollar)
            else { continue }
            guard !rest[..<end].contains(.newline) else { continue }
            result += "Id$".utf8
            rest = rest[(end + 1)...]
        }
        return result + rest
    }

    /// The content with the blob's name in every keyword; nil for no change.
    static func written(_ bytes: [UInt8], blob: ObjectID) -> [UInt8]? {
        guard bytes.contains(dollar) else { return nil }
        let text = Array("Id: \(blob) $".utf8)
        var result: [UInt8] = []
        var rest = bytes[...]
        while let place = rest.firstIndex(of: dollar) {
            result += rest[...place]
            rest = rest[(place + 1)...]
            guard let end = endOfKeyword(rest) else { continue }
            result += text
            rest = rest[end...]
        }
        return result + rest
    }

    /// The place behind the dollar that closes a keyword whose first dollar stands before `text`.
    private static func endOfKeyword(_ text: ArraySlice<UInt8>) -> Int? {
        guard text.count >= start.count, text.starts(with: start.prefix(2)) else { return nil }
        let sign = text.startIndex + 2
        if text[sign] == dollar { return sign + 1 }
        guard text[sign] == start[2], let end = text[(sign + 1)...].firstIndex(of: dollar) else {
            return nil
        }
        let inside = text[(sign + 1)..<end]
        guard !inside.contains(.newline) else { return nil }
        // A space in the middle: the keyword of another program.
        let space = inside.dropFirst().firstIndex(of: 0x20)
        guard space == nil || space == end - 1 else { return nil }
        return end + 1
    }
}
