internal import Foundation

/// A world in which nothing of this machine shows: no home, no configuration, no clock, no prompt.
///
/// Git and nbgit write the same commits in it every time, with the same identifiers.
public struct GitSandbox: Sendable {
    /// The home folder, empty at first.
    public let home: TemporaryDirectory
    /// All variables that programs see.
    public let environment: [String: String]

    /// Makes a sandbox.
    ///
    /// - Parameters:
    ///   - extra: Variables to add or to put in place of the sandbox's own.
    ///   - unwanted: Variables of the sandbox's own to leave out.
    /// - Throws: Where there is no place for a home.
    public init(
        adding extra: [String: String] = [:], leavingOut unwanted: Set<String> = []
    ) throws {
        let home = try TemporaryDirectory()
        let date = "2024-02-29T12:34:56+00:00"
        var own = [
            "HOME": home.path,
            "XDG_CONFIG_HOME": home.path(".config"),
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "TERM": "dumb",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "init.defaultBranch",
            "GIT_CONFIG_VALUE_0": "main",
            // A repository above the scratch folders must not be found.
            "GIT_CEILING_DIRECTORIES": TemporaryDirectory.place,
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_AUTHOR_NAME": "Ada Author",
            "GIT_AUTHOR_EMAIL": "ada@example.com",
            "GIT_AUTHOR_DATE": date,
            "GIT_COMMITTER_NAME": "Carl Committer",
            "GIT_COMMITTER_EMAIL": "carl@example.com",
            "GIT_COMMITTER_DATE": date,
        ]
        // Coverage and sanitizers are told where to write by the program that runs the tests.
        for name in ["LLVM_PROFILE_FILE", "ASAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS"] {
            own[name] = ProcessInfo.processInfo.environment[name]
        }
        self.home = home
        own = own.filter { !unwanted.contains($0.key) }
        environment = own.merging(extra) { _, added in added }
    }

    /// Runs git in `folder` and gives what it wrote to standard output.
    ///
    /// - Throws: ``GitFailure`` where its status is not 0.
    @discardableResult
    public func git(_ arguments: String..., in folder: String) throws -> String {
        let finished = try run(["git"] + arguments, in: folder, environment: environment)
        guard finished.status == 0 else {
            throw GitFailure(arguments: arguments, errors: finished.errorText)
        }
        return finished.text
    }

    /// Runs lines of sh in `folder`.
    ///
    /// - Throws: ``GitFailure`` where the status of the last one is not 0.
    public func shell(_ script: String, in folder: String) throws {
        _ = try shellOutput(script, in: folder)
    }

    /// Runs lines of sh in `folder` and gives what they wrote, errors too.
    ///
    /// - Throws: ``GitFailure`` where the status of the last one is not 0.
    public func shellOutput(_ script: String, in folder: String) throws -> String {
        let finished = try run(
            ["sh", "-c", script], in: folder, environment: environment, mergesErrors: true)
        guard finished.status == 0 else {
            throw GitFailure(arguments: [script], errors: finished.text)
        }
        return finished.text
    }
}

/// A git command that did not succeed.
public struct GitFailure: Error {
    /// What git was asked.
    public let arguments: [String]
    /// What it answered.
    public let errors: String
}
