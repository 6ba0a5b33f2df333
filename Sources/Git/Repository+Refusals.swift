internal import Clibgit2
internal import Platform

extension Repository {
    /// Refuses to work where libgit2 would lose something, before anything is changed.
    ///
    /// - Throws: ``GitError`` with the reason and a way out.
    public func requireSupported() throws(GitError) {
        if let first = try refusals().first { throw first }
    }

    /// All that makes nbgit refuse to work here, each with a way out; none where it does not.
    ///
    /// - Throws: ``GitError`` where the configuration cannot be read.
    public func refusals() throws(GitError) -> [GitError] {
        var found: [GitError] = []
        if try configuration.bool("core.sparseCheckout") ?? false {
            found.append(
                refusal(
                    "it is a sparse checkout: files that are left out would look deleted",
                    hint: "use git here, or run 'git sparse-checkout disable'"))
        }
        for entry in try configuration.entries({ $0.hasSuffix(".partialclonefilter") }) {
            found.append(
                refusal(
                    "it is a partial clone ('\(entry.name)')",
                    hint: "use git here, or clone it again without '--filter'"))
        }
        if try isWithoutChecksum() {
            found.append(
                refusal(
                    "its index has no checksum (index.skipHash)",
                    hint: "run 'git config index.skipHash false' and "
                        + "'git update-index --force-write-index'"))
        }
        return found
    }

    /// Whether the index was written without a checksum; libgit2 before 1.9 calls it broken.
    private func isWithoutChecksum() throws(GitError) -> Bool {
        let file = layout.index
        let end = try system { () throws(SystemError) in try File.readEnd(of: file, byteCount: 20) }
        return end.count == 20 && end.allSatisfy { $0 == 0 }
    }

    /// What to say instead of libgit2's words about an index that it does not read.
    func refusal(of error: GitError) -> GitError {
        if error.message.contains("'link'") {
            return refusal(
                "its index is split in two files",
                hint: "run 'git update-index --no-split-index'")
        }
        if error.message.contains("'sdir'") {
            return refusal(
                "its index is sparse", hint: "run 'git sparse-checkout disable'")
        }
        guard error.category == Int32(GIT_ERROR_INDEX.rawValue), error.path == nil else {
            return error
        }
        return GitError(
            "the index is damaged", path: layout.index,
            hint: "make it anew from the last commit, which forgets what is staged: "
                + "rm '\(layout.index.displayName)' && git reset")
    }

    private func refusal(_ reason: String, hint: String) -> GitError {
        GitError(
            "nbgit cannot work in this repository: \(reason)",
            path: layout.workTree ?? layout.gitFolder, hint: hint)
    }
}
