internal import Foundation

/// How many cases a test tries that makes them by chance, and where it begins.
///
/// A few, so that all tests together are quick: `NBGIT_THOROUGHNESS=4` makes it four times as many in every test, as the
/// CI does. For the tests of a kind a number of their own goes before that: `NBGIT_CASES` and `NBGIT_SEED` for those that
/// compare with git, `NBGIT_PROPERTY_CASES` and `NBGIT_PROPERTY_SEED` for those of notebooks.
public enum CaseCount {
    /// The number of cases that are compared with git; `usual` where nobody asks for more.
    public static func comparedWithGit(_ usual: Int) -> Int {
        number("NBGIT_CASES") ?? usual * thoroughness
    }

    /// The number of notebooks, or of what they are made of; `usual` where nobody asks for more.
    public static func ofNotebooks(_ usual: Int) -> Int {
        number("NBGIT_PROPERTY_CASES") ?? usual * thoroughness
    }

    /// Where comparisons with git begin.
    public static let gitSeed = UInt64(number("NBGIT_SEED") ?? 1)

    /// Where notebooks begin; `usual` where nobody says it.
    public static func notebookSeed(_ usual: UInt64 = 1) -> UInt64 {
        number("NBGIT_PROPERTY_SEED").map { UInt64($0) } ?? usual
    }

    private static let thoroughness = number("NBGIT_THOROUGHNESS") ?? 1

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }.map { max($0, 1) }
    }
}
