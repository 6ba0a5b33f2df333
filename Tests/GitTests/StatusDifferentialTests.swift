import Foundation
import Platform
import Support
import Testing

@testable import Git

/// Makes repositories by chance and asks git about them; see ``CaseCount``.
@Suite struct StatusDifferentialTests {
    static let seeds: Range<UInt64> = {
        0..<max(UInt64(CaseCount.comparedWithGit(500)) / 100, 1)
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
            let theirs = PorcelainAnswer.records(git)
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
                let theirs = PorcelainAnswer.names(git)
                let names = ours.map(\.nameStatus)
                guard names != theirs else { continue }
                mismatches.append("seed \(seed) \(option): we \(names), git \(theirs)")
            }
        }
        #expect(mismatches == [])
    }
}
