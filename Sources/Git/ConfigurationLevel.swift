internal import CGitShims
internal import Clibgit2
public import Platform

/// Who a setting is for; a later level goes before an earlier one.
public enum ConfigurationLevel: Int, Comparable, Sendable, CaseIterable {
    /// All people of this machine.
    case system
    /// One person, below `$XDG_CONFIG_HOME`.
    case xdg
    /// One person, in `~/.gitconfig`.
    case global
    /// One repository.
    case local
    /// One work tree of a repository.
    case workTree
    /// One command, from the environment.
    case command

    /// Orders from the general to the particular.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// What libgit2 calls it.
    var number: git_config_level_t {
        switch self {
        case .system: GIT_CONFIG_LEVEL_SYSTEM
        case .xdg: GIT_CONFIG_LEVEL_XDG
        case .global: GIT_CONFIG_LEVEL_GLOBAL
        case .local: GIT_CONFIG_LEVEL_LOCAL
        case .workTree: git_config_level_t(rawValue: NBGIT_CONFIG_LEVEL_WORKTREE)
        case .command: git_config_level_t(rawValue: NBGIT_CONFIG_LEVEL_COMMAND)
        }
    }

    init?(_ number: git_config_level_t) {
        guard let level = Self.allCases.first(where: { $0.number == number }) else { return nil }
        self = level
    }
}

/// The files that configuration is read from.
///
/// Follows git-config(1): `GIT_CONFIG_SYSTEM`, `GIT_CONFIG_NOSYSTEM`, `GIT_CONFIG_GLOBAL`,
/// `XDG_CONFIG_HOME` and `HOME`, which libgit2 looks at only in part.
public struct ConfigurationFiles: Sendable {
    /// One file of each level that has one, whether the file exists or not.
    public private(set) var files: [ConfigurationLevel: Path] = [:]
    /// Where settings of the person are written: the file that exists, `~/.gitconfig` before that of XDG.
    public private(set) var personal: Path?

    /// Names the files of the machine and of the person.
    public init(environment: Environment) {
        if !environment.isSwitchedOn("GIT_CONFIG_NOSYSTEM") {
            files[.system] = environment.path("GIT_CONFIG_SYSTEM") ?? "/etc/gitconfig"
        }
        if let global = environment.path("GIT_CONFIG_GLOBAL") {
            files[.global] = global
            personal = global
            return
        }
        let home = environment.path("HOME")
        let folder = environment.path("XDG_CONFIG_HOME") ?? home?.appending(".config")
        files[.xdg] = folder?.appending("git/config")
        files[.global] = home?.appending(".gitconfig")
        personal = files[.global]
        if let global = files[.global], let xdg = files[.xdg],
            (try? File.status(of: global)) == nil, (try? File.status(of: xdg)) != nil
        {
            personal = xdg
        }
    }

    mutating func add(_ layout: RepositoryLayout, hasWorkTreeFile: Bool) {
        files[.local] = layout.commonFolder.appending("config")
        if hasWorkTreeFile { files[.workTree] = layout.gitFolder.appending("config.worktree") }
    }
}

extension Environment {
    /// Whether a variable says yes, as git reads it.
    func isSwitchedOn(_ name: String) -> Bool {
        guard let text = self[name]?.lowercased() else { return false }
        return ["true", "yes", "on"].contains(text) || Int(text).map { $0 != 0 } ?? false
    }
}
