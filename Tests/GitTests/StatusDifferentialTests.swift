import Foundation
import Platform
import Support
import Testing

@testable import Git

/// Makes repositories by chance and asks git about them; `NBGIT_CASES` asks for more than a few.
@Suite struct StatusDifferentialTests {
    static let seeds: Range<UInt64> = {
        let wanted = ProcessInfo.processInfo.environment["NBGIT_CASES"].flatMap(UInt64.init)
        return 0..<max((wanted ?? 2_000) / 100, 1)
    }()

    @Test func `the status is what git says`() throws {
        let sandbox = try GitSandbox()
        var mismatches: [String] = []
        for seed in Self.seeds {
            let made = try RandomRepository(seed: seed, sandbox)
            let git = try sandbox.git(
                "status", "--porcelain=v2", "-z", in: made.folder.path)
            let repository = try Repository(
                opening: Path(made.folder.path), environment: Environment(sandbox.environment))
            let ours = try repository.status().porcelain(in: made.folder.path)
            let theirs = Self.records(git)
            if ours != theirs {
                let (one, other) = (Set(ours), Set(theirs))
                mismatches.append(
                    "seed \(seed): we \(one.subtracting(other).sorted()), git \(other.subtracting(one).sorted())"
                )
            }
        }
        #expect(mismatches == [])
    }

    @Test func `staged and unstaged differences are what git says`() throws {
        let sandbox = try GitSandbox()
        var mismatches: [String] = []
        for seed in Self.seeds {
            let made = try RandomRepository(seed: seed &+ 1_000_000, sandbox)
            let repository = try Repository(
                opening: Path(made.folder.path), environment: Environment(sandbox.environment))
            let index = try repository.index()
            let staged = try repository.withRenames(
                repository.changes(from: repository.head().commit, to: index))
            let unstaged = try repository.contentChanges(since: index)
            for (option, ours) in [("--cached", staged), ("--no-ext-diff", unstaged)] {
                let git = try sandbox.git(
                    "diff", option, "--name-status", "-z", in: made.folder.path)
                let theirs = Self.names(git)
                let names = ours.map(\.nameStatus)
                guard names != theirs else { continue }
                mismatches.append("seed \(seed) \(option): we \(names), git \(theirs)")
            }
        }
        #expect(mismatches == [])
    }

    /// The records of `--name-status`; git compares files in conflict once more, which we leave out.
    private static func names(_ text: String) -> [String] {
        var fields = text.split(separator: "\0").map(String.init)[...]
        var records: [String] = []
        var conflicts: Set<String> = []
        while let letter = fields.popFirst(), let path = fields.popFirst() {
            switch letter.first {
            case "U": conflicts.insert(path)
            case "R": records.append("\(letter) \(path) -> \(fields.popFirst() ?? "")")
            default: if !conflicts.contains(path) { records.append("\(letter) \(path)") }
            }
        }
        return records
    }

    /// The records of a porcelain answer; that of a rename has two fields.
    private static func records(_ text: String) -> [String] {
        var fields = text.split(separator: "\0").map(String.init)[...]
        var records: [String] = []
        while let first = fields.popFirst() {
            records.append(
                first.hasPrefix("2 ") ? first + " <- " + (fields.popFirst() ?? "") : first)
        }
        return records
    }
}

extension Status {
    /// The lines of `git status --porcelain=v2`.
    fileprivate func porcelain(in folder: String) throws -> [String] {
        try files.map { try $0.porcelain(in: folder) }
            + conflicts.map { try $0.porcelain(in: folder) }
            + untracked.map { "? \(String(decoding: $0.bytes, as: UTF8.self))" }
    }
}

extension Status.File {
    fileprivate func porcelain(in folder: String) throws -> String {
        let head = staged == nil ? unstaged?.old : staged?.old
        let index = staged == nil ? unstaged?.old : staged?.new
        let workTree = unstaged == nil ? index : unstaged?.new
        func mode(_ side: FileChange.Side?) -> String { side?.mode.text ?? "000000" }
        func id(_ side: FileChange.Side?) -> String { (side?.id ?? .zero).description }
        let isSubmodule = [head, index, workTree].contains { $0?.mode == .submodule }
        let name = String(decoding: path.bytes, as: UTF8.self)
        let fields = [
            (staged?.kind.letter ?? ".") + (unstaged?.kind.letter ?? "."),
            isSubmodule ? "S" : "N...",
            mode(head), mode(index), mode(workTree), id(head), id(index),
        ].joined(separator: " ")
        guard let staged, let similarity = staged.similarity, let old = staged.old else {
            return "1 \(fields) \(name)"
        }
        return
            "2 \(fields) R\(similarity) \(name) <- \(String(decoding: old.path.bytes, as: UTF8.self))"
    }
}

extension Status.Conflict {
    fileprivate func porcelain(in folder: String) throws -> String {
        let letters = [1: "DD", 2: "AU", 3: "UD", 4: "UA", 5: "DU", 6: "AA", 7: "UU"]
        let mask = (base == nil ? 0 : 1) + (ours == nil ? 0 : 2) + (theirs == nil ? 0 : 4)
        func mode(_ side: FileChange.Side?) -> String { side?.mode.text ?? "000000" }
        func id(_ side: FileChange.Side?) -> String { (side?.id ?? .zero).description }
        let found = try File.status(of: Path(folder).appending(path), followingLinks: false)
        let workTree =
            switch found?.kind {
            case .regular: (found?.permissions.rawValue ?? 0) & 0o100 != 0 ? "100755" : "100644"
            case .symbolicLink: "120000"
            default: "000000"
            }
        return [
            "u", letters[mask] ?? "", "N...", mode(base), mode(ours), mode(theirs), workTree,
            id(base),
            id(ours), id(theirs), String(decoding: path.bytes, as: UTF8.self),
        ].joined(separator: " ")
    }
}

extension FileChange.Kind {
    fileprivate var letter: String {
        switch self {
        case .added: "A"
        case .deleted: "D"
        case .modified: "M"
        case .typeChanged: "T"
        case .renamed: "R"
        }
    }
}

extension FileChange {
    fileprivate var nameStatus: String {
        let name = String(decoding: path.bytes, as: UTF8.self)
        guard let similarity, let old else { return "\(kind.letter) \(name)" }
        let digits = String(similarity)
        let padded = String(repeating: "0", count: 3 - digits.count) + digits
        return "R\(padded) \(String(decoding: old.path.bytes, as: UTF8.self)) -> \(name)"
    }
}
