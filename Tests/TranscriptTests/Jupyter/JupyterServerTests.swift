import Foundation
import Support
import Testing

/// A real Jupyter server with the `post_save_hook` that docs/teams.md shows.
@Suite(
    .enabled(
        if: Jupyter.has("jupyter_server"), "run 'Scripts/install-dependencies programs' first"),
    .enabled(if: BuiltBinary.path != nil))
struct JupyterServerTests {
    /// What somebody does, in a browser or beside it.
    private struct Step: Encodable {
        var shell: String?
        var save: String?
        var content: String?
        var rename: String?
        var to: String?
        var folder: String?
    }

    /// What came of it: the status of HTTP or of the shell, and what the server said.
    private struct Answer: Decodable {
        let status: Int
        let log: String
    }

    private let folder: TemporaryDirectory
    private let sandbox: GitSandbox
    private let page: Document

    init() throws {
        folder = try TemporaryDirectory()
        try FileManager.default.createDirectory(
            atPath: folder.path("bin"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("bin/nbgit"), withDestinationPath: try #require(BuiltBinary.path))
        // The package, as pip would put it below the program.
        try folder.makeFolder("site")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("site/nbgit"),
            withDestinationPath: projectRoot.appendingPathComponent("Python/nbgit").path)
        sandbox = try GitSandbox(adding: [
            "PATH": "\(folder.path("bin")):/usr/local/bin:/usr/bin:/bin",
            "SWIFT_BACKTRACE": "enable=no", "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": folder.path("site"),
        ])
        page = try Document(of: projectRoot.appendingPathComponent("docs/teams.md"))
        try configure("jupyter_server_config.py")
        try folder.write(notebook(1), to: "work/a.ipynb")
        try sandbox.shell("git init -q && nbgit pair a.ipynb", in: folder.path("work"))
    }

    @Test(arguments: ["jupyter_server_config.py", "with the package"])
    func `each save brings the other face into step`(hook: String) throws {
        try configure(hook)
        let answers = try run([
            Step(save: "a.ipynb", content: notebook(2)),
            Step(shell: "grep -x 'x = 2' a.py && sed -i 's/x = 2/x = 3/' a.py && cat a.py >script"),
            Step(save: "a.py", content: "# %%\nx = 4\n\n# %% [markdown]\n# Words.\n"),
            Step(shell: "grep 'x = 4' a.ipynb && grep '\"1' a.ipynb"),
        ])
        #expect(answers.map(\.status) == [200, 0, 200, 0], "\(answers)")
        #expect(!answers.map(\.log).joined().contains("[W "), "\(answers)")
    }

    @Test func `what belongs to no pair is saved without a word`() throws {
        let answers = try run([
            Step(save: "u.ipynb", content: notebook(1, isPaired: false)),
            Step(save: "notes.txt", content: "hello"),
            Step(folder: "below"), Step(save: "below/module.py", content: "import sys\n"),
            Step(shell: "test ! -e u.py"),
        ])
        #expect(answers.map(\.status) == [201, 201, 201, 201, 0], "\(answers)")
        #expect(!answers.map(\.log).joined().contains("[W "), "\(answers)")
    }

    @Test func `a conflict stops no save and is in the log, and so is a rename`() throws {
        let answers = try run([
            Step(shell: "sed -i 's/x = 1/x = 2/' a.py"),
            Step(save: "a.ipynb", content: notebook(3)),
            Step(shell: "grep -x 'x = 2' a.py && grep 'x = 3' a.ipynb"),
            Step(save: "a.ipynb", content: notebook(2)), Step(rename: "a.ipynb", to: "b.ipynb"),
            Step(save: "b.ipynb", content: notebook(2)),
            Step(shell: "test ! -e b.py && mv a.py b.py"),
            Step(save: "b.ipynb", content: notebook(2)),
            Step(save: "b.ipynb", content: notebook(5)), Step(shell: "grep -x 'x = 5' b.py"),
        ])
        #expect(answers.map(\.status) == [0, 200, 0, 200, 200, 200, 0, 200, 200, 0], "\(answers)")
        #expect(answers[1].log.contains("a.ipynb and a.py were both changed in cell 1"))
        #expect(answers[5].log.contains("b.ipynb seems to be a.ipynb, renamed"))
        #expect(!answers[3].log.contains("[W ") && !answers[8].log.contains("[W "), "\(answers)")
    }

    @Test func `without nbgit a notebook is saved all the same`() throws {
        let answers = try run([
            Step(shell: "rm ../bin/nbgit"), Step(save: "a.ipynb", content: notebook(2)),
            Step(shell: "grep 'x = 2' a.ipynb"),
        ])
        #expect(answers.map(\.status) == [0, 200, 0], "\(answers)")
        #expect(answers[1].log.contains("[W ") && answers[1].log.contains("nbgit"))
    }

    /// Takes a hook of the page.
    private func configure(_ note: String) throws {
        let hook = try #require(page.block(noted: note))
        try folder.write(hook, to: "work/jupyter_server_config.py")
    }

    private func run(_ steps: [Step]) throws -> [Answer] {
        try Jupyter.run("run-server", steps, in: folder.path("work"), sandbox)
    }

    /// A notebook as a browser sends it.
    private func notebook(_ x: Int, isPaired: Bool = true) -> String {
        let pairing = isPaired ? #""jupytext": {"formats": "ipynb,py:percent"}, "# : ""
        return #"""
            {"cells": [
             {"cell_type": "code", "execution_count": 1, "id": "one", "metadata": {}, "source": "x = \#(x)",
              "outputs": [{"name": "stdout", "output_type": "stream", "text": "1\n"}]},
             {"cell_type": "markdown", "id": "two", "metadata": {}, "source": "Words."}],
             "metadata": {\#(pairing)"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
             "nbformat": 4, "nbformat_minor": 5}
            """#
    }
}
