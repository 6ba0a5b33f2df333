import Git
import Platform
import Support
import Testing

/// Where there are no symbolic links (`core.symlinks`), files stand for them, as with git.
@Suite struct SymbolicLinkTests {
    @Test func `files that stand for links are written, compared and staged as by git`() throws {
        let sandbox = try GitSandbox()
        let scratch = try TemporaryDirectory()
        let folders = ["ours", "git"].map { scratch.path($0) }
        for name in ["ours", "git"] {
            try scratch.makeFolder(name)
            try sandbox.shell(
                """
                git init -q; ln -s a link; ln -s nowhere gone; git add .; git commit -qm first
                git checkout -qb other; ln -sf b link; git commit -qam other; git checkout -q main
                git config core.symlinks false; rm link gone
                """, in: scratch.path(name))
        }
        func repository() throws -> Repository {
            try Repository(
                opening: Path(folders[0]), environment: Environment(sandbox.environment))
        }
        func expectSame(_ step: String) throws {
            let script = """
                git ls-files -s; git status --porcelain; git symbolic-ref HEAD
                find . -path ./.git -prune -o -printf '%y %p\\n' | sort; cat link gone
                """
            let states = try folders.map {
                try run(
                    ["sh", "-c", script], in: $0, environment: sandbox.environment,
                    mergesErrors: true
                ).text
            }
            #expect(lineDifference(from: states[1], to: states[0]) == "", "\(step)")
            #expect(!states[0].contains("l ./link"), "\(step)")
        }
        _ = try repository().restore(.all, isStaged: false)
        try sandbox.git("restore", ".", in: folders[1])
        try expectSame("restored")
        #expect(try repository().status().isClean)

        let target = try repository().switchTarget("other", isNew: false)
        _ = try repository().switchBranch(target)
        try sandbox.git("switch", "--quiet", "other", in: folders[1])
        try expectSame("switched")

        for folder in folders {
            try sandbox.shell("printf c > link; printf 'd\\n' > plain", in: folder)
        }
        _ = try repository().stage(.all)
        try sandbox.git("add", "--all", in: folders[1])
        try expectSame("staged")
    }
}
