internal import Clibgit2
internal import Platform

extension Repository {
    /// Does something that brings a file's content in, with git's idea of what line ends were staged.
    ///
    /// Where git finds out by itself what is text, it leaves CRLF in a file that has been staged with it.
    /// libgit2 takes any carriage return for that, and every symbolic link: for these files the index in
    /// memory is without them until `body` is done.
    ///
    /// Follows `has_crlf_in_index` of git's convert.c.
    func withStagedLineEnds<Value>(
        of path: Path, _ filters: OpaquePointer, _ body: () throws(GitError) -> Value
    ) throws(GitError) -> Value {
        guard git_filter_list_contains(filters, GIT_FILTER_CRLF) == 1 else { return try body() }
        let index = try made("git_repository_index") { git_repository_index(&$0, pointer) }
        defer { git_index_free(index) }
        guard var entry = git_index_get_bypath(index, path.cName, 0)?.pointee,
            !isStagedWithCRLF(entry)
        else { return try body() }
        try check("git_index_remove", git_index_remove(index, path.cName, 0))
        defer {
            path.cName.withUnsafeBufferPointer { name in
                entry.path = name.baseAddress
                _ = git_index_add(index, &entry)
            }
        }
        return try body()
    }

    private func isStagedWithCRLF(_ entry: git_index_entry) -> Bool {
        guard let content = try? content(of: ObjectID(entry.id)) else { return false }
        let characters = CharacterCounts(content)
        return characters.pairs > 0 && !characters.isBinary
    }
}

/// What git counts in a file to see whether it is text.
///
/// Follows `gather_stats` and `convert_is_binary` of git's convert.c.
private struct CharacterCounts {
    /// Carriage returns with a line feed behind them.
    private(set) var pairs = 0
    private var loneReturns = 0
    private var zeros = 0
    private var printable = 0
    private var unprintable = 0

    init(_ bytes: [UInt8]) {
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case 0x0D where index + 1 < bytes.count && bytes[index + 1] == 0x0A: pairs += 1
            case 0x0D: loneReturns += 1
            case 0x0A: continue
            case 0x08, 0x09, 0x0C, 0x1B: printable += 1
            case 0:
                zeros += 1
                unprintable += 1
            case 0..<0x20, 0x7F: unprintable += 1
            default: printable += 1
            }
        }
        // The end of a text file, long ago.
        if bytes.last == 0x1A { unprintable -= 1 }
    }

    var isBinary: Bool { loneReturns > 0 || zeros > 0 || printable >> 7 < unprintable }
}
