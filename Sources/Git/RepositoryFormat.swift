internal import Platform

/// The format of a repository, as its own configuration states it.
///
/// Follows gitrepository-layout(5) and the document technical/repository-version of git.
struct RepositoryFormat {
    /// The `extensions.*` that a repository may have: those that change nothing for what nbgit does, or
    /// that it follows.
    static let knownExtensions = [
        "noop", "noop-v1", "objectformat", "preciousobjects", "refstorage", "relativeworktrees",
        "worktreeconfig",
    ]

    /// Whether each work tree has a file of settings for itself.
    let hasWorkTreeConfiguration: Bool

    /// Reads and judges the format.
    ///
    /// - Throws: ``GitError`` that names what nbgit does not know.
    init(of layout: RepositoryLayout) throws(GitError) {
        let configuration = try Configuration(file: layout.commonFolder.appending("config"))
        let version = try configuration.integer("core.repositoryformatversion") ?? 0
        guard version <= 1 else {
            throw Self.refusal("its format version is \(version)", layout)
        }
        for entry in try configuration.entries({ $0.hasPrefix("extensions.") }) {
            let name = String(entry.name.dropFirst("extensions.".count))
            try Self.judge(name, value: entry.value.lowercased(), version: version, layout)
        }
        hasWorkTreeConfiguration = try configuration.bool("extensions.worktreeconfig") ?? false
    }

    private static func judge(
        _ name: String, value: String, version: Int, _ layout: RepositoryLayout
    ) throws(GitError) {
        switch name {
        case "objectformat" where value != "sha1":
            throw refusal("its objects are named by \(value.uppercased())", layout)
        case "refstorage" where value != "files":
            throw refusal("its branches are kept in the format '\(value)'", layout)
        case "partialclone":
            throw refusal(
                "it is a partial clone", layout,
                hint: "use git here, or clone it again without '--filter'")
        case _ where version > 0 && !knownExtensions.contains(name):
            throw refusal("it uses the extension '\(name)'", layout)
        default: return
        }
    }

    private static func refusal(
        _ reason: String, _ layout: RepositoryLayout, hint: String = "use git here"
    ) -> GitError {
        GitError(
            "nbgit cannot work in this repository: \(reason)",
            path: layout.workTree ?? layout.gitFolder, hint: hint)
    }
}
