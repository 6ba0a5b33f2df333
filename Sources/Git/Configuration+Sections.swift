internal import Platform

extension Repository {
    /// Takes sections out of the repository's configuration, with all that is said in them.
    ///
    /// - Parameters:
    ///   - sections: The name, in small letters, and what stands in quotes behind it.
    ///   - onlyEmpty: Whether only those go that say nothing any more, as git removes a section with its last setting.
    /// - Throws: ``GitError``; the file is then as it was.
    ///
    /// Follows git-config(1), `--remove-section`.
    func removeSections(
        _ sections: [(name: String, subsection: [UInt8])], onlyEmpty: Bool = false
    ) throws(GitError) {
        let file = layout.commonFolder.appending("config")
        func edited() throws(GitError) -> (old: [UInt8], new: [UInt8]) {
            let old = try system { () throws(SystemError) in try File.read(file) }
            return (old, ConfigurationText(old).without(sections, onlyEmpty: onlyEmpty))
        }
        let first = try edited()
        guard first.old != first.new else { return }
        var lock = try lock(file)
        let text = try edited().new
        try system { () throws(SystemError) in
            try lock.write(text)
            try lock.keepPermissions()
            try lock.replace(durable: true)
        }
    }
}

/// A configuration file, line by line.
///
/// Follows git-config(1), "Syntax".
struct ConfigurationText {
    private let lines: [ArraySlice<UInt8>]

    init(_ bytes: [UInt8]) {
        lines = bytes.split(separator: .newline, omittingEmptySubsequences: false)
    }

    func without(
        _ sections: [(name: String, subsection: [UInt8])], onlyEmpty: Bool
    ) -> [UInt8] {
        var kept: [ArraySlice<UInt8>] = []
        var (isDropping, isContinued) = (false, false)
        for (number, line) in lines.enumerated() {
            if !isContinued, let header = Self.header(line) {
                isDropping =
                    sections.contains {
                        $0.name == header.name && $0.subsection == header.subsection
                    } && (!onlyEmpty || isEmptySection(at: number))
            }
            // The file's last line end is no line of the section.
            if !isDropping { kept.append(line) }
            isContinued = Self.isContinued(line)
        }
        var text = Array(kept.joined(separator: [.newline]))
        if lines.last?.isEmpty == true, let last = text.last, last != .newline {
            text.append(.newline)
        }
        return text
    }

    /// Whether nothing but blank lines stands between a header and the next one.
    private func isEmptySection(at number: Int) -> Bool {
        guard lines[number].last(where: { $0 > 32 }) == UInt8(ascii: "]") else { return false }
        let body = lines[(number + 1)...].prefix { Self.header($0) == nil }
        return body.allSatisfy { line in line.allSatisfy { $0 <= 32 } }
    }

    /// The name and the quoted part of a line `[name "part"]`, or nil for another line.
    private static func header(
        _ line: ArraySlice<UInt8>
    ) -> (name: String, subsection: [UInt8])? {
        let text = line.drop { $0 <= 32 }
        guard text.first == UInt8(ascii: "[") else { return nil }
        let name = text.dropFirst().prefix { $0 > 32 && $0 != UInt8(ascii: "]") }
        var rest = text[name.endIndex...].drop { $0 <= 32 }
        var subsection: [UInt8] = []
        if rest.first == UInt8(ascii: "\"") {
            rest = rest.dropFirst()
            while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
                guard byte == UInt8(ascii: "\\") else {
                    subsection.append(byte)
                    continue
                }
                if let escaped = rest.popFirst() { subsection.append(escaped) }
            }
        }
        return (String(decoding: name, as: UTF8.self).lowercased(), subsection)
    }

    /// Whether the value goes on in the next line: it ends with an odd number of backslashes.
    private static func isContinued(_ line: ArraySlice<UInt8>) -> Bool {
        let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        return text.reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 1
    }
}
