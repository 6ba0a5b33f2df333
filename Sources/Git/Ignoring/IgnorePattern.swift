public import Platform

/// One pattern of a `.gitignore` or a `.gitattributes` file.
///
/// Follows gitignore(5) and `parse_path_pattern` of git.
public struct IgnorePattern: Hashable, Sendable {
    /// The pattern as git reads it, `!` and a closing slash included.
    public let text: [UInt8]
    /// Whether it takes back what patterns above it leave out.
    public let isNegated: Bool
    /// Whether it is for folders only.
    public let isForFolders: Bool
    /// Whether it has a slash inside and is matched with the path from its file's folder; else with names.
    public let isAnchored: Bool
    /// What is matched: without `!`, without the slashes at both ends.
    private let glob: [UInt8]
    /// How many of the first bytes mean themselves.
    private let literalCount: Int

    /// Reads a line without its line end; nil when it is blank or a comment.
    ///
    /// Spaces at the end are left out unless a backslash stands before them.
    public init?(line: some Collection<UInt8>) {
        let line = Array(line.prefix { $0 != 0 })
        guard let first = line.first, first != UInt8(ascii: "#") else { return nil }
        let end = Self.endWithoutSpaces(line)
        guard end > 0 else { return nil }
        self.init(pattern: Array(line.prefix(end)))
    }

    /// Takes a pattern that was cut out of its line.
    init(pattern text: [UInt8]) {
        self.text = text
        isNegated = text.first == UInt8(ascii: "!")
        var glob = isNegated ? text.dropFirst() : text[...]
        isForFolders = glob.last == .slash
        if isForFolders { glob.removeLast() }
        isAnchored = glob.contains(.slash)
        if isAnchored, glob.first == .slash { glob.removeFirst() }
        self.glob = Array(glob)
        literalCount =
            glob.firstIndex(where: Wildmatch.isSpecial).map { $0 - glob.startIndex } ?? glob.count
    }

    private static func endWithoutSpaces(_ line: [UInt8]) -> Int {
        var end: Int?
        var index = 0
        while index < line.count {
            switch line[index] {
            case UInt8(ascii: " "): end = end ?? index
            case .backslash:
                index += 1
                // A backslash at the very end leaves the line as it is.
                guard index < line.count else { return line.count }
                end = nil
            default: end = nil
            }
            index += 1
        }
        return end ?? line.count
    }

    /// Whether the pattern is about a path, by itself and not through a folder above it.
    ///
    /// - Parameters:
    ///   - path: The path from the folder of the pattern's file, without a closing slash.
    ///   - isFolder: Whether it is a folder.
    ///   - ignoresCase: Whether ASCII letters of both cases are the same, as `core.ignoreCase` says.
    /// - Returns: Whether it matches, negated or not.
    public func matches(
        _ path: ArraySlice<UInt8>, isFolder: Bool, ignoresCase: Bool = false
    ) -> Bool {
        guard isFolder || !isForFolders, !glob.isEmpty else { return false }
        let text =
            isAnchored
            ? path : path[(path.lastIndex(of: .slash).map { $0 + 1 } ?? path.startIndex)...]
        guard isLiteral ? text.count == literalCount : text.count >= literalCount,
            hasLiteralStart(text, ignoresCase: ignoresCase)
        else { return false }
        // As in git, a pattern of its own begins at the first wildcard: `foo**/bar` is `foo` and then `**/bar`.
        return isLiteral
            || Wildmatch.matches(
                glob[literalCount...], text.dropFirst(literalCount), ignoresCase: ignoresCase)
    }

    private func hasLiteralStart(_ text: ArraySlice<UInt8>, ignoresCase: Bool) -> Bool {
        guard ignoresCase else { return text.starts(with: glob[..<literalCount]) }
        return text.starts(with: glob[..<literalCount]) { $0.lowercased == $1.lowercased }
    }

    /// The folder that the pattern names before its first wildcard; nil where it names none.
    public var namedFolder: Path? {
        guard isAnchored else { return nil }
        let end = glob[..<literalCount].lastIndex(of: .slash)
        return end.map { Path(bytes: Array(glob[..<$0])) }
    }

    /// Whether it means the one name it spells, with no wildcard.
    private var isLiteral: Bool { literalCount == glob.count }
}
