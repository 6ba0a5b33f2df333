import Foundation
@testable import Laws
@testable import Notebook
import Support
import Testing

/// The law on random notebooks: `NBGIT_PROPERTY_CASES=1000000 swift test --filter RoundTripTests`.
@Suite struct RoundTripTests {
    private static let vocabularies = Languages.all.map(Vocabulary.init)
    private static let caseCount = CaseCount.ofNotebooks(2_500)
    private static let firstSeed = CaseCount.notebookSeed()
    private static let parts: Range<UInt64> = 0..<8

    @Test(arguments: parts)
    func `a notebook comes back from its script, which it gives again`(part: UInt64) {
        var failures: Set<String> = []
        for number in 0..<(Self.caseCount / Self.parts.count) {
            let seed = Self.firstSeed << 40 | part << 32 | UInt64(number)
            let vocabulary = Self.vocabularies[number % Self.vocabularies.count]
            var generator = NotebookGenerator(vocabulary: vocabulary, seed: seed)
            let notebook = generator.notebook()
            let language = vocabulary.language
            guard let violation = Self.violation(of: notebook, in: language) else { continue }
            let smallest = notebook.shrunk {
                Self.violation(of: $0, in: language)?.kind == violation.kind
            }
            guard failures.count < 5, failures.insert(smallest.line).inserted else { continue }
            let detail = Self.violation(of: smallest, in: language)?.detail ?? ""
            let script = PercentWriter.script(of: smallest, language: language).bytes
            Issue.record(
                """
                seed \(seed), \(language.fileExtension): \(violation.kind): \(detail)
                notebook: \(smallest.line)
                script:
                \(String(decoding: script, as: UTF8.self))
                """)
        }
    }

    private static func violation(
        of notebook: Notebook, in language: Language
    ) -> RoundTripLaw.Violation? {
        let violation = RoundTripLaw.violation(of: notebook, in: language)
        return violation.flatMap { KnownViolations.contains($0, of: notebook) ? nil : $0 }
    }

    @Test func `writing a notebook twice gives the same script`() {
        for (number, vocabulary) in Self.vocabularies.enumerated() {
            var generator = NotebookGenerator(vocabulary: vocabulary, seed: UInt64(number))
            for _ in 0..<10 {
                let notebook = generator.notebook()
                let scripts = (0..<2).map { _ in
                    PercentWriter.script(of: notebook, language: vocabulary.language).bytes
                }
                #expect(scripts[0] == scripts[1])
            }
        }
    }

    /// The smallest notebooks behind ``KnownViolations``.
    @Test(
        arguments: [
            (
                "white space at the end of a cell is taken for the gap", ".jl", #"{}"#,
                #"{"cell_type": "code", "source": " "}, {"cell_type": "raw", "source": ""}"#
            ),
            (
                "a filter grows by keys that it shows already", ".py",
                #"{"cell_metadata_filter": "-a"}"#,
                #"{"cell_type": "code", "source": "", "metadata": {"b": 1}}"#
            ),
            (
                "an encoding in another language's comment gives way to a line of its own", ".go",
                ##"{"encoding": "# -*- coding: utf-8 -*-"}"##,
                #"{"cell_type": "code", "source": "é"}"#
            ),
            (
                "quotes on the line of the text are read without their cell_marker", ".py", "{}",
                #"{"cell_type": "markdown", "source": "x", "metadata": {"cell_marker": "\"\"\",\"\"\""}}"#
            ),
            (
                "a magic's language takes the place of that in the metadata", ".m", "{}",
                #"{"cell_type": "raw", "source": "%%js", "metadata": {"language": 1, "a": 1}}"#
            ),
        ])
    func `some notebooks are known to fail`(
        why: String, fileExtension: String, section: String, cells: String
    ) throws {
        let language = try #require(Languages.language(withExtension: fileExtension))
        let notebook = try Notebook(section: section, cells: cells)
        withKnownIssue("\(why)") {
            #expect(RoundTripLaw.violation(of: notebook, in: language) == nil)
        }
    }
}

extension Notebook {
    /// A notebook from pieces of JSON; cells need no metadata.
    fileprivate init(section: String, cells: String) throws {
        let root = try JSONText(Array("[\(section), [\(cells)]]".utf8)).root.value.array ?? []
        self.init(metadata: ["jupytext": root[0]])
        for cell in root[1].array?.compactMap(\.object) ?? [] {
            guard case .string(let source) = cell["source"], let kind = cell["cell_type"]?.string
            else {
                continue
            }
            self.cells.append(
                Cell(
                    kind: CellKind(kind), source: source.utf8,
                    metadata: cell["metadata"]?.object ?? [:]))
        }
    }
}
