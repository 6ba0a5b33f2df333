internal import Platform

/// What happens to commits of one's own when the other side has new ones, too.
public enum PullStrategy: String, CaseIterable, Sendable {
    /// Both histories come together in a merge commit.
    case merge
    /// The own commits are made anew on top of the other ones.
    case rebase
    /// Nothing: only a branch without commits of its own is moved.
    case fastForwardOnly = "ff-only"
}

/// How a pull is to be done: what the person asked for, and else what is set.
///
/// Follows git-pull(1), and `config_get_rebase`, `config_get_ff` of git's builtin/pull.c.
struct PullSettings {
    let strategy: PullStrategy
    /// Whether somebody has chosen it.
    let isChosen: Bool
    let fastForward: FastForward
    let putsAside: Bool

    init(
        _ request: PullRequest, branch: String?, _ configuration: Configuration
    ) throws(GitError) {
        let settings = ["branch.\(branch ?? "").rebase", "pull.rebase"]
        var setting: (name: String, rebases: Bool)?
        for name in settings where setting == nil {
            setting = try Self.rebases(name, configuration).map { (name, $0) }
        }
        var pullForward = try Self.fastForward("pull.ff", configuration)
        let mergeForward = try Self.fastForward("merge.ff", configuration)
        // What is asked for on the command line is stronger than 'only' in the configuration.
        if let strategy = request.strategy {
            self.strategy = strategy
            if strategy != .fastForwardOnly, pullForward == .only { pullForward = .allowed }
        } else if pullForward == .only {
            strategy = .fastForwardOnly
        } else {
            strategy = setting?.rebases == true ? .rebase : .merge
        }
        isChosen = request.strategy != nil || setting != nil || pullForward != nil
        fastForward =
            strategy == .fastForwardOnly ? .only : pullForward ?? mergeForward ?? .allowed
        let name = strategy == .rebase ? "rebase.autoStash" : "merge.autoStash"
        let isSet = try configuration.bool(name)
        putsAside = request.putsAside ?? isSet ?? false
    }

    private static func rebases(
        _ name: String, _ configuration: Configuration
    ) throws(GitError) -> Bool? {
        guard let value = try configuration.string(name) else { return nil }
        switch value.lowercased() {
        case "merges", "m", "preserve", "p":
            throw GitError(
                "\(name) is '\(value)', which nbgit cannot do: it leaves merges out of a rebase",
                hint: "say what to do instead: nbgit pull --strategy rebase, or --strategy merge")
        case "interactive", "i": return true
        default:
            do throws(GitError) { return try configuration.bool(name) } catch {
                throw GitError(
                    "\(name) is '\(value)', which is neither yes nor no",
                    hint: "run 'git config \(name) true', or false")
            }
        }
    }

    private static func fastForward(
        _ name: String, _ configuration: Configuration
    ) throws(GitError) -> FastForward? {
        guard let value = try configuration.string(name) else { return nil }
        if value.lowercased() == "only" { return .only }
        do throws(GitError) {
            return try configuration.bool(name).map { $0 ? .allowed : .never }
        } catch {
            throw GitError(
                "\(name) is '\(value)', which is none of true, false and only",
                hint: "run 'git config \(name) only', or true, or false")
        }
    }
}

extension Repository {
    /// Writes a strategy to the configuration of this repository, for pulls to come.
    ///
    /// - Throws: ``GitError`` where it cannot be written.
    public func save(_ strategy: PullStrategy) throws(GitError) {
        let rebases = strategy == .rebase ? "true" : "false"
        var values = [
            (name: "pull.rebase", value: rebases),
            (name: "pull.ff", value: strategy == .fastForwardOnly ? "only" : "true"),
        ]
        // It is stronger than 'pull.rebase'.
        if let branch = try head().branch?.branch?.string {
            let name = "branch.\(branch).rebase"
            if try configuration.entry(name) != nil { values.append((name: name, value: rebases)) }
        }
        _ = try set(values)
    }
}
