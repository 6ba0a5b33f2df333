internal import Platform

/// What of a submodule's changes is left out of what `status` and `diff` show.
///
/// Follows git-config(1), `submodule.<name>.ignore` and `diff.ignoreSubmodules`.
enum SubmoduleNeglect: String {
    /// That it is at another commit, too.
    case all
    /// All changes in it that are not committed.
    case dirty
    /// Files that its git does not know.
    case untracked
    case none
}

extension Repository {
    /// What is configured for the submodule at `path`; nil where nothing is.
    func neglect(ofSubmoduleAt path: Path) throws(GitError) -> SubmoduleNeglect? {
        let file = (workTree ?? ".").appending(".gitmodules")
        var setting: String?
        if (try? File.status(of: file, followingLinks: false))?.kind == .regular {
            let modules = try Configuration(file: file)
            let entry = try modules.entries {
                $0.hasPrefix("submodule.") && $0.hasSuffix(".path")
            }.last { Path($0.value) == path }
            if let name = entry?.name.dropLast(".path".utf8.count) {
                setting = try configuration.string("\(name).ignore")
                if setting == nil { setting = try modules.string("\(name).ignore") }
            }
        }
        if setting == nil { setting = try configuration.string("diff.ignoresubmodules") }
        return setting.flatMap { SubmoduleNeglect(rawValue: $0.lowercased()) }
    }
}
