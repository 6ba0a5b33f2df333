import Foundation
import Notebook
import Support
import Testing

@testable import Platform
@testable import Workspace

/// A pair that was in step is not read again while all of it looks the same, and only then.
@Suite struct PairIndexTests {
    private let folder: PairFolder

    init() throws {
        folder = try PairFolder()
        try folder.scratch.write(ProgramFolder.notebook, to: "nb/a.ipynb")
        try folder.scratch.write(ProgramFolder.notebook, to: "nb/b.ipynb")
        try folder.scratch.write(#"formats = "ipynb,py:percent""#, to: "nbgit.toml")
        _ = try folder.sync()
        // What is younger than the steps of the kernel's clock is not trusted.
        usleep(40_000)
        _ = try folder.sync()
    }

    /// The names of notebooks that need not be read.
    private func known() -> [String] {
        var search = PairSearch(environment: folder.environment)
        return search.findings(for: [Path(folder.scratch.path)]).compactMap { finding in
            if case .inStep(let notebook, _) = finding { notebook.name.string } else { nil }
        }
    }

    @Test func `pairs that look the same are known, by either name`() throws {
        #expect(known() == ["a.ipynb", "b.ipynb"])
        #expect(try folder.sync() == [.unchanged, .unchanged])
        #expect(try folder.sync("nb/a.py", "nb/a.ipynb") == [.unchanged])
        #expect(try folder.sync("nb/a.ipynb", "nb/a.py", "nb") == [.unchanged, .unchanged])
    }

    @Test(arguments: [
        ("touch nb/a.py", ["b.ipynb"]), ("touch -d 2001-01-01 nb/a.ipynb", ["b.ipynb"]),
        ("cp nb/a.py x && mv x nb/a.py", ["b.ipynb"]),
        ("chmod 600 nb/b.py", ["a.ipynb"]), ("touch nbgit.toml", []), ("rm nbgit.toml", []),
        ("echo 'comment_magics = true' > nb/nbgit.toml", []),
        ("echo '{}' > nb/jupytext.json", []), ("touch .gitignore", ["a.ipynb", "b.ipynb"]),
        ("rm -r .git/nbgit/pairs", []), ("rm .git/nbgit/index", []),
        ("printf 'nbgit index 2\\n' > .git/nbgit/index", []),
        ("head -c 60 .git/nbgit/index > x && mv x .git/nbgit/index", ["a.ipynb"]),
        ("rm nb/a.py", ["b.ipynb"]), ("mv nb/a.ipynb nb/c.ipynb", ["b.ipynb"]),
    ]) func `what looks otherwise is read`(change: String, stillKnown: [String]) throws {
        try GitSandbox().shell(change, in: folder.scratch.path)
        #expect(known() == stillKnown)
    }

    @Test func `an edit of the same size within the same instant is seen`() throws {
        for number in 0..<20 {
            let text = try folder.scratch.text("nb/a.py")
            let digit = number % 2 == 0 ? "1 + 1" : "2 + 1"
            let other = number % 2 == 0 ? "2 + 1" : "1 + 1"
            try folder.scratch.write(text.replacing(digit, with: other), to: "nb/a.py")
            #expect(try folder.sync("nb/a.py") == [.updated(.notebook)])
            _ = try folder.sync("nb/a.py")
        }
    }

    @Test func `what is younger than two steps of a clock may have changed again`() throws {
        let status = try #require(try File.status(of: Path(folder.scratch.path("nb/a.py"))))
        let stamp = FileStamp(status)
        let newest = max(status.modified, status.changed)
        func later(_ nanoseconds: Int) -> Timestamp {
            let all = newest.nanoseconds + nanoseconds
            return Timestamp(
                seconds: newest.seconds + all / 1_000_000_000, nanoseconds: all % 1_000_000_000)
        }
        #expect(!stamp.isCertain(at: newest))
        #expect(!stamp.isCertain(at: later(19_000_000)))
        // A file system that keeps full seconds may keep every other.
        #expect(stamp.isCertain(at: later(4_000_000_001)))
        let isFull = newest.nanoseconds == 0
        #expect(stamp.isCertain(at: later(21_000_000)) == !isFull)
    }

    @Test func `a pair that was ended is not known any more`() throws {
        try FileManager.default.removeItem(atPath: folder.scratch.path("nbgit.toml"))
        #expect(try folder.sync() == [.unchanged, .unchanged])
        usleep(40_000)
        _ = try folder.sync()
        _ = try Pairing(environment: folder.environment).unpair(
            Path(folder.scratch.path("nb/a.ipynb")))
        #expect(try folder.sync("nb/a.ipynb").count == 1)
        #expect(known().isEmpty)
    }

    @Test func `checking keeps nothing`() throws {
        try FileManager.default.removeItem(atPath: folder.scratch.path(".git/nbgit/index"))
        #expect(try folder.sync(isDry: true) == [.unchanged, .unchanged])
        #expect(!FileManager.default.fileExists(atPath: folder.scratch.path(".git/nbgit/index")))
    }

    @Test func `two notebooks that claim one script are always read`() throws {
        try folder.scratch.write(
            ProgramFolder.notebook.replacing(
                #""metadata": {}, "nbformat""#,
                with: #""metadata": {"jupytext": {"formats": "x_/ipynb,py:percent"}}, "nbformat""#),
            to: "nb/x_a.ipynb")
        for _ in 0..<3 {
            usleep(40_000)
            _ = try folder.sync()
        }
        #expect(!known().contains("x_a.ipynb"))
    }
}
