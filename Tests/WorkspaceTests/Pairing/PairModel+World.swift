import Foundation
import Platform
import Support

@testable import Notebook
@testable import Workspace

extension PairModel {
    /// Where the faces lie, and who says so.
    struct Layout: Sendable {
        let notebook: String
        let script: String
        /// What the notebook says; nil where `nbgit.toml` says it.
        let formats: String?
        let tracksNotebooks: Bool

        static let all = [
            Layout(
                notebook: "a.ipynb", script: "a.py", formats: "ipynb,py:percent",
                tracksNotebooks: false),
            Layout(
                notebook: "nb/a.ipynb", script: "nb/scripts/a.py",
                formats: "ipynb,scripts//py:percent", tracksNotebooks: true),
            Layout(
                notebook: "nb/a.ipynb", script: "src/a.py", formats: nil, tracksNotebooks: false),
            Layout(
                notebook: "a.ipynb", script: "a.nb.py", formats: "ipynb,.nb.py:percent",
                tracksNotebooks: true),
        ]
    }

    /// A repository with a pair, as every history of one layout begins; it is copied.
    struct World: Sendable {
        let layout: Layout
        let sandbox: GitSandbox
        let folder: TemporaryDirectory

        static let words = (1...3).map(PairModel.word)
        static let all = Result { try Layout.all.map(World.init) }

        private init(_ layout: Layout) throws {
            self.layout = layout
            sandbox = try GitSandbox(adding: [
                "GIT_CONFIG_COUNT": "3",
                "GIT_CONFIG_KEY_1": "gc.auto", "GIT_CONFIG_VALUE_1": "0",
                "GIT_CONFIG_KEY_2": "core.fsync", "GIT_CONFIG_VALUE_2": "none",
            ])
            folder = try TemporaryDirectory()
            try folder.write(notebook, to: "work/\(layout.notebook)")
            if layout.formats == nil {
                try folder.write(
                    "[formats]\n\"nb/\" = \"ipynb\"\n\"src/\" = \"py:percent\"\n",
                    to: "work/nbgit.toml")
            }
            if !layout.tracksNotebooks { try folder.write("*.ipynb\n", to: "work/.gitignore") }
            try sandbox.git("init", "-q", "--template=", in: folder.path("work"))
            try Syncing(
                [Platform.Path(folder.path("work"))], environment: Environment(sandbox.environment)
            ).run(workers: 1) { _ in }
            try sandbox.shell(
                """
                git add -A && git commit -qm 0 && git branch one && git branch two &&
                for name in main one two; do git update-ref refs/remotes/origin/$name HEAD; done
                """, in: folder.path("work"))
        }

        private var notebook: String {
            let cells = Self.words.enumerated().map { number, word in
                #"{"cell_type":"code","execution_count":null,"id":"c\#(number)","metadata":{},"outputs":[],"#
                    + #""source":["\#(word) = \#(number)\n","y\#(number) = 0"]}"#
            }
            let said = layout.formats.map { #""jupytext":{"formats":"\#($0)"},"# } ?? ""
            return #"{"cells":[\#(cells.joined(separator: ","))],"metadata":{\#(said)"#
                + #""kernelspec":{"display_name":"P","language":"python","name":"python3"}},"#
                + #""nbformat":4,"nbformat_minor":5}"# + "\n"
        }
    }
}
