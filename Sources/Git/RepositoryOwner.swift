internal import Clibgit2
internal import Platform

/// Whether a repository may be trusted: another person's could run programs in our name.
///
/// Follows git-config(1), `safe.directory`, and ensure_valid_ownership of git's setup.c. Of
/// libgit2's own check nothing is left on: up to 1.9 it does not know `*` and `/dir/*`.
enum RepositoryOwner {
    /// Refuses a repository of someone else that the person has not called safe.
    static func check(
        _ layout: RepositoryLayout, environment: Environment
    ) throws(GitError) {
        // Where GIT_DIR names it, the person did.
        guard !layout.isFromEnvironment, !isMine(layout, environment) else { return }
        let folder = resolved(layout.workTree ?? layout.gitFolder)
        let configuration = try Configuration(environment: environment)
        var isSafe = false
        for entry in try configuration.values(of: "safe.directory") {
            // An empty value forgets those before it.
            isSafe =
                entry.value.isEmpty ? false : isSafe || matches(entry.value, folder, environment)
        }
        guard !isSafe else { return }
        throw GitError(
            "the repository belongs to someone else", path: folder,
            hint:
                "if you trust it, run 'git config --global --add safe.directory \(folder.displayName)'",
            code: GIT_EOWNER.rawValue)
    }

    private static func isMine(_ layout: RepositoryLayout, _ environment: Environment) -> Bool {
        let file = layout.workTree?.appending(".git")
        return [file, layout.workTree, layout.gitFolder].compactMap(\.self).allSatisfy { path in
            let status = try? File.status(of: path, followingLinks: false)
            return status?.isMine(environment) ?? false
        }
    }

    private static func matches(
        _ value: String, _ folder: Path, _ environment: Environment
    ) -> Bool {
        if value == "*" { return true }
        var pattern = Path(value)
        if value == "~" || value.hasPrefix("~/"), let home = environment.path("HOME") {
            pattern = home.appending(Path(String(value.dropFirst(2))))
        }
        if value.hasSuffix("/*") {
            let parent = resolved(pattern.parent)
            return folder != parent && folder.relative(to: parent) != nil
        }
        return folder == resolved(pattern)
    }

    private static func resolved(_ path: Path) -> Path {
        (try? File.resolved(path)) ?? path
    }
}
