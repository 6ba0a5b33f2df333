import Foundation
import Support
import Testing

/// The README's table "How it compares": what it says of other tools is found out with them.
@Suite struct ComparisonTests {
    /// One cell of the table.
    private struct Statement: Hashable {
        let row: String
        let tool: String
        let text: String
    }

    private static let tools = ["jupytext", "nbstripout", "nbdime"]

    private static func statements() throws -> Set<Statement> {
        let table = try #require(
            Page("README.md").tables.first { $0[0].cells == ["", "nbgit"] + tools })
        return Set(
            table.dropFirst().flatMap { _, cells in
                zip(table[0].cells, cells).dropFirst().map {
                    Statement(row: cells[0], tool: $0, text: $1)
                }
            })
    }

    @Test func `every cell has a proof`() throws {
        let proved = try #require(
            Page("docs/claims.md").tables.first { $0[0].cells.starts(with: ["Row", "Column"]) })
        let claims = proved.dropFirst().flatMap { _, cells in
            cells[1].components(separatedBy: ", ").map {
                Statement(row: cells[0], tool: $0, text: cells[2])
            }
        }
        #expect(claims.count == Set(claims).count)
        let statements = try Self.statements()
        #expect(statements.count == 44)
        #expect(statements.subtracting(claims) == [], "docs/claims.md does not prove it")
        #expect(Set(claims).subtracting(statements) == [], "README.md does not say it")
    }

    private struct Findings: Decodable {
        let versions: [String: String]
        let found: [String: [String]]
    }

    @Test(
        .enabled(
            if: Jupyter.has("jupytext, nbstripout, nbdime, ipykernel"),
            "run 'Scripts/install-dependencies programs' first"))
    func `the other tools are as the README says`() throws {
        let folder = try TemporaryDirectory()
        let sandbox = try GitSandbox(adding: ["PATH": "\(Jupyter.programs):/usr/bin:/bin"])
        let findings: Findings = try Jupyter.run(
            "../Pages/compare-tools", [String](), in: folder.path, sandbox)
        let readme = try Page("README.md").text
        for (tool, version) in findings.versions {
            #expect(readme.contains("\(tool) \(version)"), "the tool is another one")
        }
        let found = findings.found.flatMap { tool, lines in
            lines.map { "\(tool): \($0)" }
        }
        let said = try Self.statements().filter { $0.tool != "nbgit" }
        #expect(Set(found) == Set(said.map { "\($0.tool): \($0.row): \($0.text)" }))
    }
}
