import Foundation
import Notebook
import Platform
import Support
import Testing
import Workspace

@Suite struct ConverterTests {
    let scratch: TemporaryDirectory

    init() throws { scratch = try TemporaryDirectory() }

    // MARK: Where results go

    @Test func `results are reported in the order of the inputs, those of a folder by name`() throws
    {
        for name in ["z.ipynb", "f/b.ipynb", "f/a.ipynb", "f/B.ipynb", "f/a/x.ipynb", "a.ipynb"] {
            try scratch.write(ProgramFolder.notebook, to: name)
        }
        for workers in [1, 2, 8] {
            let results = try results(of: "z.ipynb", "f", "a.ipynb", workers: workers)
            #expect(
                results.map(\.input) == [
                    "z.ipynb", "f/B.ipynb", "f/a/x.ipynb", "f/a.ipynb", "f/b.ipynb", "a.ipynb",
                ])
            #expect(
                results.map(\.output) == [
                    "z.py", "f/B.py", "f/a/x.py", "f/a.py", "f/b.py", "a.py",
                ])
        }
    }

    @Test func `the number of files is told once, before the first result`() throws {
        for name in ["f/a.ipynb", "f/b.ipynb", "c.ipynb"] {
            try scratch.write(ProgramFolder.notebook, to: name)
        }
        let conversion = Conversion(inputs: [.path(path("f")), .path(path("c.ipynb"))])
        var events: [String] = []
        try Converter(conversion, environment: Environment([:])).run(
            workers: 2, started: { events.append("started \($0)") },
            report: { _ in events.append("result") })
        #expect(events == ["started 3", "result", "result", "result"])
    }

    @Test func `an output folder mirrors the input folder and is made`() throws {
        for name in ["in/a.ipynb", "in/deep/down/b.ipynb"] {
            try scratch.write(ProgramFolder.notebook, to: name)
        }
        let results = try results(of: "in", output: "out/mirror", workers: 2)
        #expect(results.map(\.output) == ["out/mirror/a.py", "out/mirror/deep/down/b.py"])
        #expect(results.map(\.outcome) == [.created, .created])
        #expect(try scratch.text("out/mirror/deep/down/b.py") == ProgramFolder.script)
    }

    @Test func `a folder with a period in its name is mirrored`() throws {
        try scratch.write(ProgramFolder.notebook, to: "in/v1.0/a.b.ipynb")
        #expect(try results(of: "in", output: "out.py").map(\.output) == ["out.py/v1.0/a.b.py"])
    }

    @Test(arguments: [1, 2, 8])
    func `of two inputs with one result only the first is converted`(workers: Int) throws {
        try scratch.write(notebook("1"), to: "one/a.ipynb")
        try scratch.write(notebook("2"), to: "two/a.ipynb")
        try scratch.makeFolder("out")
        let results = try results(
            of: "one/a.ipynb", "two/a.ipynb", output: "out", workers: workers)
        #expect(results.map(\.outcome) == [.created, .failed])
        #expect(
            results[1].message == "writes the same file as '\(scratch.path)/one/a.ipynb'")
        #expect(try scratch.text("out/a.py").hasSuffix("# %%\n1\n"))
    }

    @Test(arguments: [1, 2, 8])
    func `of two scripts with one notebook only the first is converted`(workers: Int) throws {
        for name in ["in/a.R", "in/a.py"] { try scratch.write("# %%\n1\n", to: name) }
        let results = try results(of: "in", target: .notebook, workers: workers, isForced: true)
        #expect(results.map(\.outcome) == [.created, .failed])
        #expect(results[1].message == "writes the same file as '\(scratch.path)/in/a.R'")
    }

    @Test func `standard output gets the bytes that the file would have`() throws {
        try scratch.write(ProgramFolder.notebook, to: "a.ipynb")
        var conversion = Conversion(inputs: [.path(path("a.ipynb"))])
        conversion.output = .standardOutput
        var outcomes: [ConversionResult.Outcome] = []
        try Converter(conversion, environment: Environment([:])).run(workers: 1) {
            outcomes.append($0.outcome)
        }
        #expect(outcomes == [.produced(Array(ProgramFolder.script.utf8))])
        #expect(try scratch.names() == ["a.ipynb"])
    }

    // MARK: Refused as a whole

    @Test func `standard output takes one file`() throws {
        for name in ["f/a.ipynb", "f/b.ipynb"] { try scratch.write("", to: name) }
        var conversion = Conversion(inputs: [.path(path("f"))])
        conversion.output = .standardOutput
        let failure = #expect(throws: Failure.self) {
            try Converter(conversion, environment: Environment([:])).run(workers: 1) { _ in
                Issue.record("nothing is begun")
            }
        }
        #expect(failure?.message == "standard output takes one file, not 2")
        #expect(failure?.hint == "name a folder with '-o'")
    }

    @Test func `many results do not go into a file`() throws {
        for name in ["f/a.ipynb", "f/b.ipynb", "file"] { try scratch.write("", to: name) }
        var conversion = Conversion(inputs: [.path(path("f"))])
        conversion.output = .path(path("file"))
        let failure = #expect(throws: Failure.self) {
            try Converter(conversion, environment: Environment([:])).run(workers: 1) { _ in
                Issue.record("nothing is begun")
            }
        }
        #expect(failure?.message == "not a folder, and there are 2 files to write")
        #expect(failure?.path == path("file"))
    }

    // MARK: What is not touched

    @Test func `a file that has the bytes already keeps its time and its inode`() throws {
        try scratch.write(ProgramFolder.notebook, to: "a.ipynb")
        #expect(try results(of: "a.ipynb").map(\.outcome) == [.created])
        let before = try status("a.py")
        for isForced in [false, true] {
            let again = try results(of: "a.ipynb", isForced: isForced)
            #expect(again.map(\.outcome) == [.unchanged])
        }
        let after = try status("a.py")
        #expect(after.st_ino == before.st_ino)
        #expect(after.st_mtim.tv_nsec == before.st_mtim.tv_nsec)
        #expect(after.st_ctim.tv_nsec == before.st_ctim.tv_nsec)
    }

    @Test func `a replaced file keeps its permissions`() throws {
        try scratch.write(ProgramFolder.notebook, to: "a.ipynb")
        try scratch.write(ProgramFolder.script + "# more\n", to: "a.py")
        #expect(chmod(scratch.path("a.py"), 0o750) == 0)
        #expect(try results(of: "a.ipynb").map(\.outcome) == [.replaced])
        #expect(try status("a.py").st_mode & 0o777 == 0o750)
    }

    @Test func `a dry run says what a real one does, and touches nothing`() throws {
        try writeMixedFolder()
        let before = try FolderSnapshot(of: scratch)
        let dry = try results(of: "in", workers: 2, isDry: true)
        #expect(try FolderSnapshot(of: scratch) == before)
        let real = try results(of: "in", workers: 2)
        #expect(dry == real)
        let outcomes: Set<Result.Outcome> = [.created, .replaced, .unchanged, .failed]
        #expect(Set(real.map(\.outcome)) == outcomes)
    }

    // MARK: Many files

    @Test func `one that fails stops no other`() throws {
        try writeMixedFolder()
        let results = try results(of: "in", "missing.ipynb", workers: 2)
        #expect(
            Set(results.filter { $0.outcome == .failed }.map(\.input)) == [
                "missing.ipynb", "in/broken.ipynb", "in/foreign.ipynb",
            ])
        #expect(results.count == 6)
        #expect(try scratch.text("in/new.py") == ProgramFolder.script)
    }

    @Test func `the number of workers changes neither results nor bytes`() throws {
        for number in 100..<300 {
            let text = number % 50 == 0 ? "{" : notebook("x = \(number)")
            try scratch.write(text, to: "in/\(number % 7)/\(number).ipynb")
        }
        let reference = try results(of: "in", output: "out-1", workers: 1)
        let bytes = try files("out-1")
        #expect(reference.count == 200)
        #expect(bytes.count == 196)
        for workers in [2, 5] {
            let results = try results(of: "in", output: "out-\(workers)", workers: workers)
            #expect(results.map(\.input) == reference.map(\.input))
            #expect(results.map(\.outcome) == reference.map(\.outcome))
            #expect(results.map(\.message) == reference.map(\.message))
            #expect(try files("out-\(workers)") == bytes)
        }
    }

    // MARK: Help

    /// What became of one input, with paths from the scratch folder.
    private struct Result: Equatable {
        enum Outcome { case created, replaced, unchanged, produced, failed }

        let input: String
        let output: String?
        let outcome: Outcome
        let message: String?
    }

    private func results(
        of names: String..., output: String? = nil, target: FileFormat? = nil, workers: Int = 1,
        isForced: Bool = false, isDry: Bool = false
    ) throws -> [Result] {
        var conversion = Conversion(inputs: names.map { .path(path($0)) })
        if let output { conversion.output = .path(path(output)) }
        conversion.target = target
        conversion.isForced = isForced
        conversion.isDry = isDry
        var results: [Result] = []
        try Converter(
            conversion,
            environment: Environment(["GIT_CEILING_DIRECTORIES": TemporaryDirectory.place])
        )
        .run(workers: workers) { result in
            results.append(
                Result(
                    input: name(of: result.input) ?? "-", output: name(of: result.output),
                    outcome: outcome(of: result), message: result.failure?.message))
        }
        return results
    }

    private func outcome(of result: ConversionResult) -> Result.Outcome {
        switch result.outcome {
        case .created: .created
        case .replaced: .replaced
        case .unchanged: .unchanged
        case .produced: .produced
        case .failed: .failed
        }
    }

    private func path(_ name: String) -> Path { Path(scratch.path(name)) }

    private func name(of path: Path?) -> String? {
        path?.string.map { String($0.dropFirst(scratch.path.count + 1)) }
    }

    private func notebook(_ source: String) -> String {
        ProgramFolder.notebook.replacing("1 + 1", with: source)
    }

    private func status(_ name: String) throws -> stat {
        var status = stat()
        try #require(lstat(scratch.path(name), &status) == 0)
        return status
    }

    /// A notebook for each thing that can happen.
    private func writeMixedFolder() throws {
        for name in ["new", "same", "other", "foreign"] {
            try scratch.write(ProgramFolder.notebook, to: "in/\(name).ipynb")
        }
        try scratch.write("{", to: "in/broken.ipynb")
        try scratch.write(ProgramFolder.script, to: "in/same.py")
        try scratch.write(ProgramFolder.script + "# more\n", to: "in/other.py")
        try scratch.write("import os\n", to: "in/foreign.py")
    }

    /// The files below a folder with their bytes.
    private func files(_ folder: String) throws -> [String: [UInt8]] {
        let names = Fixtures.files(below: URL(fileURLWithPath: scratch.path(folder)))
        return try Dictionary(
            uniqueKeysWithValues: names.map { ($0, try scratch.read("\(folder)/\($0)")) })
    }
}
