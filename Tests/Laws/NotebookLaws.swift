@testable import Notebook

extension Law {
    /// A file that is read as a notebook gives a script that is read again, and is not changed by it.
    static let notebook = Law("notebook") { bytes in
        guard let reader = try? NotebookReader(bytes),
            let language = Languages.language(of: reader.notebook.metadata)
        else { return nil }
        let script = PercentWriter.script(of: reader.notebook, language: language).bytes
        do throws(NotebookUpdate.Failure) {
            let update = try NotebookUpdate(
                of: bytes, from: script, language: language, isDeclared: true)
            guard reader.version.major == 4 else { return nil }
            return update.bytes == bytes ? nil : "its own script changes it"
        } catch { return "its own script is refused: \(error)" }
    }

    /// A script that is read gives a notebook whose script reads as the same notebook.
    ///
    /// The first byte chooses the language.
    static let script = Law("script") { input in
        var chance = InputChance(input)
        let language = chance.pick(Languages.all)
        return secondReadingViolation(of: chance.remaining, language)
    }

    /// The same for lines of a header.
    static let header = Law("header") { input in
        let lines = input.split(separator: .lineFeed, omittingEmptySubsequences: false)
        let header = [Array("---".utf8)] + lines.map(Array.init) + [Array("---".utf8), []]
        let commented = header.map { Array("# ".utf8) + $0 }.joined(separator: [.lineFeed])
        return secondReadingViolation(
            of: Array(commented) + Array("\n# %%\n1\n".utf8), Languages.python)
    }

    /// A notebook comes back from its script, which it gives again; see ``RoundTripLaw``.
    static let roundTrip = Law("round-trip") { input in
        var chance = InputChance(input)
        let vocabulary = chance.pick(vocabularies)
        var seed: UInt64 = 0
        for _ in 0..<8 { seed = seed << 8 | UInt64(chance.byte()) }
        var generator = NotebookGenerator(vocabulary: vocabulary, seed: seed)
        var notebook = generator.notebook()
        // A line that no vocabulary holds.
        let line = chance.remaining.filter { $0 != .carriageReturn }
        if !line.isEmpty, line.span.firstInvalidUTF8 == nil { notebook.cells[0].source = line }
        let violation = RoundTripLaw.violation(of: notebook, in: vocabulary.language)
        return violation.flatMap {
            KnownViolations.contains($0, of: notebook) ? nil : "\($0.kind): \($0.detail)"
        }
    }

    /// A notebook says what an edited script says, whatever the edit.
    ///
    /// The input is put into the script of a notebook with outputs, below the header, at the place that its first
    /// two bytes choose.
    static let update = Law("update") { input in
        let script = exampleScript(editedBy: input)
        do throws(NotebookUpdate.Failure) {
            let update = try example(editedAs: script)
            let wanted = try? PercentReader.notebook(
                of: script, language: Languages.python, isDeclared: true)
            let read = try? NotebookReader(update.bytes).notebook
            guard let wanted, let read else { return "what was made is no notebook" }
            return wanted.cells.map(\.comparable) == read.cells.map(\.comparable)
                ? nil : "the notebook does not say what the script says"
        } catch {
            guard case .notebook = error else { return nil }
            return "a good notebook is refused: \(error)"
        }
    }

    private static func exampleScript(editedBy input: [UInt8]) -> [UInt8] {
        var chance = InputChance(input)
        let header = example.script.span.firstIndex(of: Array("# %%".utf8)) ?? 0
        let number = Int(chance.byte()) << 8 | Int(chance.byte())
        let place = header + number % (example.script.count - header + 1)
        var script = example.script
        script.insert(contentsOf: chance.remaining, at: place)
        return script
    }

    private static func example(
        editedAs script: [UInt8]
    ) throws(NotebookUpdate.Failure) -> NotebookUpdate {
        try NotebookUpdate(
            of: example.notebook, from: script, language: Languages.python, isDeclared: true)
    }

    /// Of two notebooks that were edited, the merged one has every line that either of them has and the first had not.
    ///
    /// The first byte says how long the first edit is; both go into the script of a notebook as ``update`` does.
    static let merge = Law("merge") { input in
        let rest = input.dropFirst()
        let length = min(Int(input.first ?? 0), rest.count)
        let sides: (ours: [UInt8], theirs: [UInt8])
        do throws(NotebookUpdate.Failure) {
            let ours = try example(editedAs: exampleScript(editedBy: Array(rest.prefix(length))))
            let theirs = try example(
                editedAs: exampleScript(editedBy: Array(rest.dropFirst(length))))
            sides = (ours.bytes, theirs.bytes)
        } catch { return nil }
        do throws(NotebookError) { return try mergeViolation(sides.ours, sides.theirs) } catch {
            return "refused: \(error.message)"
        }
    }

    private static func mergeViolation(
        _ ours: [UInt8], _ theirs: [UInt8]
    ) throws(NotebookError) -> String? {
        let alone = try merge(ours, example.notebook).bytes
        guard alone == ours else { return "what only one side edited is not as that side has it" }
        let merged = try lines(of: merge(ours, theirs).bytes)
        let written = try lines(of: ours).union(try lines(of: theirs))
        let lost = written.subtracting(try lines(of: example.notebook)).subtracting(merged)
        return lost.first.map { "'\(String(decoding: $0, as: UTF8.self))' is lost" }
    }

    private static func merge(
        _ ours: [UInt8], _ theirs: [UInt8]
    ) throws(NotebookError) -> NotebookMerge {
        try NotebookMerge(
            base: example.notebook, ours: ours, theirs: theirs, ourLabel: "ours",
            theirLabel: "theirs")
    }

    private static func lines(of notebook: [UInt8]) throws(NotebookError) -> Set<[UInt8]> {
        let sources = try NotebookReader(notebook).notebook.cells.map(\.source)
        return Set(sources.flatMap { $0.split(separator: .lineFeed).map(Array.init) })
    }

    private static let vocabularies = Languages.all.map(Vocabulary.init)

    private static let example: (notebook: [UInt8], script: [UInt8]) = {
        let notebook = Array(
            #"""
            {"cells": [
             {"cell_type": "code", "execution_count": 1, "metadata": {"tags": ["a"]},
              "outputs": [{"name": "stdout", "output_type": "stream", "text": ["1\n"]}],
              "source": ["x = 1\n", "print(x)"]},
             {"cell_type": "markdown", "metadata": {}, "source": "# Title\n\nText"},
             {"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [],
              "source": []},
             {"cell_type": "code", "execution_count": 2, "metadata": {}, "outputs": [],
              "source": ["%time f()\n", "s = '''\n", "text'''"]}
            ], "metadata": {"kernelspec": {"name": "python3", "language": "python",
              "display_name": "Python 3"}}, "nbformat": 4, "nbformat_minor": 4}
            """#.utf8)
        let read = try? NotebookReader(notebook).notebook
        let script = read.map { PercentWriter.script(of: $0, language: Languages.python).bytes }
        return (notebook, script ?? [])
    }()

    private static func secondReadingViolation(of script: [UInt8], _ language: Language) -> String?
    {
        guard
            let first = try? PercentReader.notebook(
                of: script, language: language, isDeclared: true)
        else { return nil }
        let again = PercentWriter.script(of: first, language: language).bytes
        do throws(NotebookError) {
            let second = try PercentReader.notebook(
                of: again, language: language, isDeclared: true)
            guard first.cells.map(\.comparable) == second.cells.map(\.comparable) else {
                return "the script of what was read says something else:\n"
                    + String(decoding: again, as: UTF8.self)
            }
            return nil
        } catch { return "the script of what was read is refused: \(error.message)" }
    }
}

extension Cell {
    /// The kind, and the text without what a script may lose.
    fileprivate var comparable: [[UInt8]] {
        [Array(kind.name.utf8), RoundTripLaw.comparable(source)]
    }
}
