import Foundation
import Git
import Platform
import Support

/// What is asked about a work tree: its status, its differences, what is ignored.
struct Questions {
    /// How many things are asked.
    static let count = 4

    private let paths: [Path]

    init(_ tree: inout RandomWorkTree) {
        paths = (0..<12).map { _ in tree.path() }
    }

    /// What git says.
    func answers(of sandbox: GitSandbox, in root: Path) throws -> [[String]] {
        let script = """
            git status --porcelain=v2 -z; printf '<<>>'
            git diff --no-ext-diff --name-status -z; printf '<<>>'
            git diff --no-ext-diff --cached --name-status -z; printf '<<>>'
            git check-ignore --no-index --verbose --non-matching --stdin -z
            true
            """
        let input: [UInt8] = paths.flatMap { $0.bytes + [0] }
        let finished = try run(
            ["sh", "-c", script], in: root.string ?? "",
            environment: sandbox.environment.merging(["GIT_OPTIONAL_LOCKS": "0"]) { $1 },
            input: input)
        let parts = finished.text.components(separatedBy: "<<>>")
        guard parts.count == Self.count else { return [[finished.text, finished.errorText]] }
        let ignored = parts[3].split(separator: "\0", omittingEmptySubsequences: false)
        return [
            PorcelainAnswer.records(parts[0]), PorcelainAnswer.names(parts[1]),
            PorcelainAnswer.names(parts[2]),
            stride(from: 0, to: ignored.count - 3, by: 4).map {
                ignored[$0..<($0 + 4)].joined(separator: " ")
            },
        ]
    }

    /// What nbgit says.
    func answers(in root: Path, _ environment: Environment) throws -> [[String]] {
        let repository = try Repository(opening: root, environment: environment)
        let index = try repository.index()
        let staged = try repository.withRenames(
            repository.changes(from: repository.head().commit, to: index))
        let rules = try repository.ignoreRules()
        return [
            try repository.status().porcelain(in: root.string ?? ""),
            try repository.withRenames(repository.contentChanges(since: index)).map(\.nameStatus),
            staged.map(\.nameStatus),
            paths.map { path in
                let status = try? File.status(of: root.appending(path), followingLinks: false)
                let rule = rules.rule(for: path, isFolder: status?.kind == .folder)
                let fields = [
                    rule.map { Self.text($0.source) }, rule.map { String($0.lineNumber) },
                    rule.map { String(decoding: $0.pattern.text, as: UTF8.self) },
                    Self.text(path),
                ]
                return fields.map { $0 ?? "" }.joined(separator: " ")
            },
        ]
    }

    private static func text(_ path: Path) -> String {
        String(decoding: path.bytes, as: UTF8.self)
    }
}
