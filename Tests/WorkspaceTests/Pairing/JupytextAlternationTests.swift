import Foundation
import Platform
import Support
import Testing

@testable import Notebook
@testable import Workspace

/// `jupytext --sync` and nbgit in turn on the same pairs, with edits on one side between.
///
/// `NBGIT_CORPUS` names a folder with `index.tsv` and the notebooks it lists, of which `NBGIT_PAIRS` are taken, 50
/// by default; without it a few notebooks of the fixtures are.
@Suite struct JupytextAlternationTests {
    private struct Faces {
        let notebook: String
        let script: String
        let comment: String
    }

    private static let program = projectRoot.appendingPathComponent(".build/programs/bin/jupytext")
        .path
    private let sandbox: GitSandbox
    private let scratch: TemporaryDirectory

    init() throws {
        sandbox = try GitSandbox()
        scratch = try TemporaryDirectory()
        try sandbox.git("init", "-q", in: scratch.path)
    }

    @Test(
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: program),
            "run 'Scripts/install-dependencies programs' first"))
    func `jupytext and nbgit agree and undo nothing of each other`() throws {
        let pairs = try Self.notebooks().enumerated().map { number, file in
            try pair(copying: file, to: "n\(number).ipynb")
        }
        try jupytext(pairs)
        try expectNothingToDo("nbgit after jupytext's first", pairs, nbgit)
        for round in 0..<4 {
            for (number, faces) in pairs.enumerated() { try edit(faces, number, round) }
            let programs: [(name: String, run: ([Faces]) throws -> Void)] = [
                ("jupytext", jupytext), ("nbgit", nbgit),
            ]
            let (first, second) = (programs[round % 2], programs[1 - round % 2])
            try first.run(pairs)
            try expectNothingToDo("\(second.name) in round \(round)", pairs, second.run)
            try expectNothingToDo("\(first.name) again in round \(round)", pairs, first.run)
        }
    }

    private func expectNothingToDo(
        _ name: String, _ pairs: [Faces], _ sync: ([Faces]) throws -> Void
    ) throws {
        func contents() throws -> [String: [UInt8]] {
            try Dictionary(
                uniqueKeysWithValues: pairs.flatMap { [$0.notebook, $0.script] }
                    .map { ($0, try scratch.read($0)) })
        }
        let before = try contents()
        try sync(pairs)
        let after = try contents()
        for file in before.keys.sorted() {
            let (old, new) = (before[file] ?? [], after[file] ?? [])
            guard old != new else { continue }
            let difference = lineDifference(
                from: String(decoding: old, as: UTF8.self), to: String(decoding: new, as: UTF8.self)
            )
            Issue.record("\(name) has written \(file):\n\(difference)")
        }
    }

    // MARK: The programs

    /// Twice: blank lines around cells that were edited settle only then.
    private func jupytext(_ pairs: [Faces]) throws {
        for _ in 0..<2 { try jupytextOnce(pairs) }
    }

    private func jupytextOnce(_ pairs: [Faces]) throws {
        let finished = try run(
            [Self.program, "--sync"] + pairs.map(\.notebook), in: scratch.path,
            environment: sandbox.environment, timeLimit: .seconds(600))
        #expect(finished.status == 0, "\(finished.errorText)")
    }

    private func nbgit(_ pairs: [Faces]) throws {
        let syncing = Syncing(
            [Platform.Path(scratch.path)], environment: Environment(sandbox.environment))
        try syncing.run(workers: 2) { result in
            #expect(result.isInStep, "\(result.notebook.displayName): \(result.outcome)")
        }
    }

    private func pair(copying file: URL, to name: String) throws -> Faces {
        try scratch.write(Array(Data(contentsOf: file)), to: name)
        let pairing = try Pairing(environment: Environment(sandbox.environment))
        let result = try pairing.pair(
            Platform.Path(scratch.path(name)), formats: Pairing.defaultFormats)
        #expect(result.outcome == .created(.script))
        let script = try #require(result.script.name.string)
        return Faces(
            notebook: name, script: script, comment: script.hasSuffix(".js") ? "//" : "#")
    }

    // MARK: Edits

    /// Edits one face, which is newer than the other then, as jupytext wants it.
    private func edit(_ faces: Faces, _ number: Int, _ round: Int) throws {
        let word = "edit_\(number)_\(round)"
        for name in [faces.notebook, faces.script] {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -100)],
                ofItemAtPath: scratch.path(name))
        }
        guard (number + round) % 2 == 0 else {
            let text = try scratch.text(faces.script)
            return try scratch.write(
                text + "\n\(faces.comment) %%\n\(word) = 1\n", to: faces.script)
        }
        var root = try #require(try JSONText(scratch.read(faces.notebook)).root.value.object)
        var cells = try #require(root["cells"]?.array).compactMap(\.object)
        let code = cells.indices.filter { cells[$0]["cell_type"] == "code" }
        guard !code.isEmpty else { return }
        let place = code[code.count / 2]
        let source = cells[place]["source"]
        let lines = source?.array ?? (source.map { [$0] } ?? [])
        cells[place]["source"] = .array(
            [.string(JSONString("\(word) = 2" + (lines.isEmpty ? "" : "\n")))] + lines)
        root["cells"] = .array(cells.map { .object($0) })
        try scratch.write(JSONWriter.block(.object(root)) + [0x0A], to: faces.notebook)
    }

    // MARK: Notebooks

    private static func notebooks() throws -> [URL] {
        let variables = ProcessInfo.processInfo.environment
        guard let corpus = variables["NBGIT_CORPUS"].map({ URL(fileURLWithPath: $0) }) else {
            return ["python/basics", "python/blank-lines", "r/basics", "julia/basics"].map {
                Fixtures.root.appendingPathComponent("notebooks/\($0)/notebook.ipynb")
            }
        }
        let count = variables["NBGIT_PAIRS"].flatMap { Int($0) } ?? 50
        let index = try String(
            contentsOf: corpus.appendingPathComponent("index.tsv"), encoding: .utf8)
        let rows = index.split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false)
        }
        let title = try #require(rows.first)
        func column(_ name: String) throws -> Int { try #require(title.firstIndex { $0 == name }) }
        let (path, ending) = (try column("path"), try column("ext"))
        let (isReadable, format) = (try column("jupytext_ok"), try column("to"))
        let usable = rows.dropFirst().filter {
            $0[isReadable] == "1" && $0[format] == "auto:percent"
        }
        let others = [".R", ".jl"].flatMap { name in usable.filter { $0[ending] == name }.prefix(6)
        }
        let python = usable.filter { $0[ending] == ".py" }
        let wanted = max(count - others.count, 0)
        let step = max(python.count / max(wanted, 1), 1)
        let chosen = stride(from: 0, to: python.count, by: step).prefix(wanted).map { python[$0] }
        return (others + chosen).prefix(count).map {
            corpus.appendingPathComponent(String($0[path]))
        }
    }
}
