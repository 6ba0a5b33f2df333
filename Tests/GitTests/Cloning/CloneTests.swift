import Git
import Platform
import Support
import Testing

/// A clone by nbgit beside one by git, of the same repository.
@Suite struct CloneTests {
    private let folder: TemporaryDirectory
    private let sandbox: GitSandbox

    init() throws {
        folder = try TemporaryDirectory()
        sandbox = try GitSandbox()
    }

    /// What is done in a new repository `source` before it is cloned, and how.
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let script: String
        var words: [String] = []
        var settings: [String: String] = [:]
    }

    static let cases = [
        Case(
            testDescription: "branches, tags and folders",
            script: "commit a/b/c; git tag v1; git checkout -qb x; commit d; git tag -am t v2"),
        Case(testDescription: "nothing", script: "true"),
        Case(
            testDescription: "on another branch", script: "commit a; git checkout -qb x; commit b"),
        Case(
            testDescription: "a branch", script: "commit a; git branch x/y; commit b",
            words: ["--branch", "x/y"]),
        Case(
            testDescription: "a tag", script: "commit a; git tag v1; commit b",
            words: ["--branch", "v1"]),
        Case(
            testDescription: "an annotated tag", script: "commit a; git tag -am t v1; commit b",
            words: ["--branch", "v1"]),
        Case(
            testDescription: "detached at a commit of its own",
            script: "commit a; git checkout -q --detach; commit b"),
        Case(
            testDescription: "HEAD that leads nowhere",
            script: "commit a; git symbolic-ref HEAD refs/heads/gone",
            settings: ["protocol.version": "0"]),
        Case(
            testDescription: "kinds of files",
            script:
                "echo x >run; chmod +x run; ln -s run link; printf 'a\\r\\n' >crlf; printf '*.txt eol=crlf\\n' >.gitattributes; printf 'a\\nb\\n' >t.txt; mkdir 'ö ü'; echo >'ö ü/\"q\"'; commit z"
        ),
        Case(
            testDescription: "the remote's name is another", script: "commit a",
            settings: ["clone.defaultRemoteName": "upstream"]),
        Case(
            testDescription: "branches rebase", script: "commit a",
            settings: ["branch.autoSetupRebase": "always"]),
        Case(
            testDescription: "HEAD that leads nowhere, and no usual branch",
            script: "git checkout -qb x; commit a; git symbolic-ref HEAD refs/heads/gone",
            settings: ["protocol.version": "0"]),
        Case(
            testDescription: "repositories in it, and in those",
            script: """
                for name in deep inner; do
                    git init -q ../$name
                    (cd ../$name && commit $name)
                done
                allowed="-c protocol.file.allow=always"
                (cd ../inner && git $allowed submodule --quiet add ../deep d && commit d)
                git $allowed submodule --quiet add ../inner sub/x
                git $allowed submodule --quiet add --name other -- "$(dirname "$PWD")/deep" y
                commit z
                (cd ../inner && commit later)
                """, words: ["--recurse-submodules"],
            settings: ["protocol.file.allow": "always"]),
    ]

    @Test(arguments: cases) func `a clone is what git makes of it`(_ example: Case) throws {
        try sandbox.git("init", "-q", "source", in: folder.path)
        try sandbox.shell(
            """
            commit() { mkdir -p "$(dirname "$1")"; echo "$1" >"$1"; git add -A; git commit -qm "$1"; }
            \(example.script)
            """, in: folder.path("source"))
        var variables = ["GIT_CONFIG_COUNT": String(example.settings.count + 1)]
        for (index, setting) in example.settings.enumerated() {
            variables["GIT_CONFIG_KEY_\(index + 1)"] = setting.key
            variables["GIT_CONFIG_VALUE_\(index + 1)"] = setting.value
        }
        let environment = sandbox.environment.merging(variables) { $1 }

        var request = CloneRequest(
            RemoteURL(folder.path("source")), into: Path(folder.path("ours/clone")))
        if example.words.first == "--branch" { request.branch = Path(example.words[1]) }
        request.includesSubmodules = example.words.first == "--recurse-submodules"
        let report = try Repository.clone(
            request, NetworkAccess(), environment: Environment(environment))
        try folder.makeFolder("theirs")
        let git = try run(
            ["git", "clone", "-q"] + example.words + [folder.path("source"), "clone"],
            in: folder.path("theirs"), environment: environment)
        #expect(git.status == 0)
        #expect(report.repository.workTree == Path(folder.path("ours/clone")))

        for question in [
            "git config --local --list | sed 's,^remote\\..*\\.url=.*/,url=,' | sort",
            "git for-each-ref",
            "git status -sb --porcelain=v2", "cat .git/HEAD", "git reflog --all | sort",
            "find . -path ./.git -prune -o -printf '%p %y %m %l\\n' | sort",
            "find . -path ./.git -prune -o -type f -print0 | sort -z | xargs -0r sha1sum",
            "git fsck --full --no-dangling 2>&1", "git submodule status --recursive",
            "cat sub/x/.git y/.git sub/x/d/.git 2>&1; for d in y sub/x sub/x/d; do git -C $d config --local --list 2>&1 | sort; done",
            "ls -d .git/FETCH_HEAD .git/*.lock 2>&1",
        ] {
            let ours = try answer(question, in: "ours/clone", environment)
            let theirs = try answer(question, in: "theirs/clone", environment)
            #expect(ours == theirs, "\(question)")
        }
    }

    private func answer(
        _ question: String, in name: String, _ environment: [String: String]
    ) throws -> String {
        try run(["sh", "-c", question], in: folder.path(name), environment: environment).text
            .replacing("ours", with: "theirs")
    }

    @Test(
        arguments: [
            ("https://example.com/team/p.git", "p"), ("https://example.com/team/p/", "p"),
            ("https://example.com/team/p.git/", "p"), ("https://ada@example.com/p", "p"),
            ("git@example.com:team/p.git", "p"), ("example.com:p", "p"), ("/srv/p/.git", "p"),
            ("../p", "p"), ("https://example.com/a%20b.git", "a%20b"),
            ("https://example.com", "example.com"),
            ("https://example.com/..", nil), ("https://example.com/.git", "example.com"),
            ("..", nil), ("/", nil),
            ("https://example.com/-x", nil), ("p\u{1B}[31m q.git", "p [31m q"),
        ] as [(String, String?)]) func `the folder is named after the address`(
            url: String, expected: String?
        )
    {
        #expect(RemoteURL(url).folderName == expected.map { Path($0) })
    }

    /// Trees that were made by hand, to write where nothing may be written.
    @Test(arguments: [".git", ".GIT", "git~1", "..", "."])
    func `a hostile tree is refused and leaves nothing`(
        name: String
    ) throws {
        try sandbox.git("init", "-q", "source", in: folder.path)
        try sandbox.shell(
            """
            blob=$(echo pwned | git hash-object -w --stdin)
            inner=$(printf '100644 blob %s\\tconfig\\n' $blob | git mktree)
            tree=$(printf '040000 tree %s\\t%s\\n' $inner '\(name)' | git mktree)
            git update-ref refs/heads/main $(git commit-tree -m x $tree)
            """, in: folder.path("source"))
        let request = CloneRequest(
            RemoteURL(folder.path("source")), into: Path(folder.path("clone")))
        #expect(throws: GitError.self) {
            try Repository.clone(
                request, NetworkAccess(), environment: Environment(sandbox.environment))
        }
        #expect(try folder.names() == ["source"])
    }

    @Test(arguments: [
        ("x", "../inner", "is fetched from a folder of this machine"),
        ("x", "ext::sh -c touch", "is of a kind that nbgit does not know"),
        ("x", "-u./touch", "is fetched from a folder of this machine"),
        ("x", "https://ada:secret@localhost:1/p", "holds a password"),
        ("../../x", "https://localhost:1/p", "is no name that a submodule may have"),
        ("hooks/../x", "https://localhost:1/p", "is no name that a submodule may have"),
    ]) func `a hostile submodule is refused, and the rest is there`(
        name: String, url: String, expected: String
    ) throws {
        try sandbox.git("init", "-q", "inner", in: folder.path)
        try sandbox.git("init", "-q", "source", in: folder.path)
        try sandbox.shell(
            """
            (cd ../inner && echo x >a && git add a && git commit -qm x)
            printf '[submodule "\(name)"]\\n\\tpath = s\\n\\turl = \(url)\\n' >.gitmodules
            git add .gitmodules
            git update-index --add --cacheinfo 160000,$(git -C ../inner rev-parse HEAD),s
            git commit -qm x
            """, in: folder.path("source"))
        var request = CloneRequest(
            RemoteURL(folder.path("source")), into: Path(folder.path("clone")))
        request.includesSubmodules = true
        let report = try Repository.clone(
            request, NetworkAccess(), environment: Environment(sandbox.environment))
        #expect(report.submodules.isEmpty)
        let failure = try #require(report.failures.first)
        #expect(failure.message.contains(expected), "\(failure.message)")
        #expect(!failure.message.contains("secret"))
        #expect(try run(["ls", "-A", "s"], in: folder.path("clone")).text == "")
        #expect(
            try run(["find", ".git/modules", "-type", "f"], in: folder.path("clone")).text == "")
    }

    @Test func `an empty folder that was there is there again when it fails`() throws {
        try sandbox.git("init", "-q", "source", in: folder.path)
        try sandbox.shell("echo x >a; git add a; git commit -qm x", in: folder.path("source"))
        try folder.makeFolder("clone")
        var request = CloneRequest(
            RemoteURL(folder.path("source")), into: Path(folder.path("clone")))
        request.revision = "abcdef12"
        #expect(throws: GitError.self) {
            try Repository.clone(
                request, NetworkAccess(), environment: Environment(sandbox.environment))
        }
        #expect(try run(["ls", "-A"], in: folder.path("clone")).text == "")
    }

    @Test func `the hook post-checkout of a template is run as by git`() throws {
        try folder.write("#!/bin/sh\necho \"$@\" >hooked\n", to: "template/hooks/post-checkout")
        try sandbox.shell(
            "chmod +x template/hooks/post-checkout; git init -q source; cd source; echo x >a; git add a; git commit -qm x",
            in: folder.path)
        let environment = sandbox.environment.merging([
            "GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_1": "init.templateDir",
            "GIT_CONFIG_VALUE_1": folder.path("template"),
        ]) { $1 }
        let request = CloneRequest(
            RemoteURL(folder.path("source")), into: Path(folder.path("ours")))
        _ = try Repository.clone(
            request, NetworkAccess(), environment: Environment(environment))
        _ = try run(
            ["git", "clone", "-q", "source", "theirs"], in: folder.path, environment: environment)
        #expect(try folder.text("ours/hooked") == folder.text("theirs/hooked"))
    }
}
