public import Platform

/// The lines for the other repositories of a workspace that lie in this work tree; every other byte stays.
///
///     # nbgit workspace
///     /notes/
///     # end
extension IgnoreFile {
    private static let blockStart = Array("# nbgit workspace".utf8)
    private static let blockEnd = Array("# end".utf8)

    /// Makes the block list these folders and no others; without any, it goes.
    ///
    /// - Parameter folders: From the root of the work tree.
    public mutating func listWorkspace(_ folders: [Path]) {
        let lines = lines
        let blocks = Self.blocks(in: lines.map { Array(bytes[$0.content]) })
        let wanted =
            folders.isEmpty
            ? [] : [Self.blockStart] + folders.map(Self.pattern) + [Self.blockEnd]
        let block = wanted.flatMap { $0 + lineEnd }
        var text: [UInt8] = []
        for (number, line) in lines.enumerated() {
            if blocks.first?.lowerBound == number { text += block }
            if !blocks.contains(where: { $0.contains(number) }) { text += bytes[line.whole] }
        }
        if blocks.isEmpty, !block.isEmpty {
            if let last = text.last, last != 0x0A { text += lineEnd }
            text += block
        }
        bytes = text
    }

    /// The lines of each block; one that has lost its end stops where something else begins.
    private static func blocks(in lines: [[UInt8]]) -> [Range<Int>] {
        var blocks: [Range<Int>] = []
        var number = 0
        while number < lines.count {
            guard lines[number] == blockStart else {
                number += 1
                continue
            }
            var end = number + 1
            while end < lines.count, lines[end].first == UInt8(ascii: "/") { end += 1 }
            if end < lines.count, lines[end] == blockEnd { end += 1 }
            blocks.append(number..<end)
            number = end
        }
        return blocks
    }

    /// A pattern for this folder alone.
    ///
    /// Follows gitignore(5): a backslash takes a letter's meaning away.
    private static func pattern(_ folder: Path) -> [UInt8] {
        let slash = UInt8(ascii: "/")
        let special = Array("\\*?[".utf8)
        let escaped = folder.bytes.flatMap {
            special.contains($0) ? [UInt8(ascii: "\\"), $0] : [$0]
        }
        return [slash] + escaped + [slash]
    }
}

extension Repository {
    /// Makes `info/exclude` list the folders of other repositories in this work tree, and no others.
    ///
    /// - Parameter folders: From the root of the work tree.
    /// - Throws: ``GitError`` where the file cannot be read or replaced.
    public func excludeWorkspace(_ folders: [Path]) throws(GitError) {
        let file = layout.commonFolder.appending("info/exclude")
        try system { () throws(SystemError) in
            let old = try File.status(of: file) == nil ? [] : try File.read(file)
            var text = IgnoreFile(old)
            text.listWorkspace(folders)
            guard text.bytes != old else { return }
            try sharing.apply { () throws(SystemError) in
                try Folder.create(file.parent)
                _ = try File.replace(file, with: text.bytes)
            }
        }
    }
}
