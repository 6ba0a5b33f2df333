import Foundation
import Support
import Testing

/// A repository on the server, and a clone of it that lacks its last commit or has one more.
struct ServerWorld {
    let server: GitServer
    let name: String
    let sandbox: GitSandbox
    let scratch: TemporaryDirectory
    /// What the server's `main` was at first.
    let serverMain: String
    /// What the clone knew of it.
    let knownMain: String
    /// What the clone's own `main` is.
    let ownMain: String

    /// Makes both.
    ///
    /// - Parameters:
    ///   - server: Where the repository is to be.
    ///   - isAhead: Whether the clone has a commit that the server lacks, or the other way round.
    ///   - setup: Lines of sh for the clone; `$S` is the server's repository.
    /// - Throws: Where a command fails.
    init(on server: GitServer, isAhead: Bool, setup: String = "") throws {
        self.server = server
        sandbox = try GitSandbox()
        scratch = try TemporaryDirectory()
        name = "r\(UUID().uuidString.prefix(8).lowercased())"
        let template = try Self.template.get()
        try sandbox.shell(
            """
            cp -R '\(template.path("server"))' '\(server.repository(name))'
            cp -R '\(template.path("clone"))' clone
            git -C '\(server.repository(name))' update-ref refs/heads/main refs/tags/\(isAhead ? "two" : "three")
            [ \(isAhead) = true ] && git -C clone reset -q --hard refs/tags/ours
            git -C clone tag -d one two three ours >/dev/null
            git -C '\(server.repository(name))' tag -d one two three >/dev/null
            S='\(server.repository(name))'; cd clone; \(setup.isEmpty ? ":" : setup)
            """, in: scratch.path)
        serverMain = try sandbox.commit("main", in: server.repository(name))
        knownMain = try sandbox.commit("origin/main", in: scratch.path("clone"))
        ownMain = try sandbox.commit("main", in: scratch.path("clone"))
    }

    /// Three commits on a server, the clone that knows two of them and has one of its own.
    private static let template = Result {
        let scratch = try TemporaryDirectory()
        try GitSandbox().shell(
            """
            git init -q --bare server && git init -q clone && cd clone
            for name in one two three; do
                head -c 9000 /dev/urandom >$name.bin && git add . && git commit -qm $name && git tag $name
            done
            git push -q ../server main three two one
            git reset -q --hard two && head -c 9000 /dev/urandom >ours.bin && git add . && git commit -qm ours && git tag ours
            git reset -q --hard two
            git remote add origin x && git update-ref refs/remotes/origin/main two
            git config branch.main.remote origin && git config branch.main.merge refs/heads/main
            git tag -d three >/dev/null && git reflog expire --expire=now --all && git prune && git tag three two
            """, in: scratch.path)
        return scratch
    }

    /// Runs the built program in the clone.
    func nbgit(
        _ arguments: [String], url: String, token: (user: String, token: String)?,
        settings: [String: String] = [:], variables: [String: String] = [:]
    ) throws -> Finished {
        let binary = try #require(BuiltBinary.path, "nbgit was not built")
        try sandbox.git("config", "remote.origin.url", url, in: scratch.path("clone"))
        let limits = [
            "nbgit.connectTimeout": "2", "nbgit.idleTimeout": "2", "init.defaultBranch": "main",
        ]
        let settings = limits.merging(settings) { $1 }
        var environment = sandbox.environment
        environment["GIT_CONFIG_COUNT"] = String(settings.count)
        for (index, setting) in settings.enumerated() {
            environment["GIT_CONFIG_KEY_\(index)"] = setting.key
            environment["GIT_CONFIG_VALUE_\(index)"] = setting.value
        }
        environment["GIT_SSL_CAINFO"] = server.authority
        if let token {
            environment["NBGIT_USERNAME"] = token.user
            environment["NBGIT_TOKEN"] = token.token
        }
        environment.merge(variables) { $1 }
        return try run(
            [binary, "-v"] + arguments, in: scratch.path("clone"),
            environment: environment.filter { !$0.value.isEmpty }, timeLimit: .seconds(40))
    }

    /// The server's `main` now.
    func serverMainNow() throws -> String {
        try sandbox.commit("main", in: server.repository(name))
    }

    /// What the clone knows of it now.
    func knownMainNow() throws -> String {
        try sandbox.commit("origin/main", in: scratch.path("clone"))
    }

    /// What the `main` of another clone is, nil where there is no such folder.
    func copiedMain() throws -> String? {
        guard try scratch.names().contains("copy") else { return nil }
        return try sandbox.commit("main", in: scratch.path("copy"))
    }

    /// What is in the clone that should not be: locks, half packs, a token, broken objects.
    func leftovers() throws -> String {
        let encoded = Data("ada:\(GitServer.token)".utf8).base64EncodedString()
        let script = """
            find .git -name '*.lock' -o -name 'tmp_*' -o -name '*.temp' -o -path '*/pack_*' | sort
            grep -rlF -e '\(GitServer.token)' -e '\(GitServer.readerToken)' -e '\(encoded)' .git
            git fsck --connectivity-only 2>&1 | grep -v dangling
            true
            """
        return try run(
            ["sh", "-c", script], in: scratch.path("clone"), environment: sandbox.environment
        ).text
    }

    /// The requests for this repository at doors that must not learn the token, with what they learned.
    func strangersWhoWereTold() throws -> [Substring] {
        let doors = GitServer.Door.allCases.filter { ![.https, .onlyTLS13, .address].contains($0) }
        return try doors.flatMap { door in
            try server.log(door).split(separator: "\n").filter {
                $0.contains(name) && !$0.hasSuffix("[-]")
            }
        }
    }
}

extension GitSandbox {
    /// The commit of a reference; empty where there is none.
    fileprivate func commit(_ name: String, in folder: String) throws -> String {
        let finished = try run(
            ["git", "rev-parse", "--quiet", "--verify", name], in: folder, environment: environment)
        return finished.text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
