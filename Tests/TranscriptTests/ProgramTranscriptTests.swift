import Foundation
import Support
import Testing

/// What a person sees where git runs other programs: the real ones, each skipped where it is not installed.
@Suite struct ProgramTranscriptTests {
    /// Where `Scripts/install-dependencies programs` puts the programs of PyPI.
    private static let pythonPrograms =
        projectRoot.appendingPathComponent(".build/programs/bin").path

    private static func isInstalled(_ name: String) -> Bool {
        ["/usr/local/bin", "/usr/bin", "/bin", pythonPrograms].contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
        }
    }

    private func play(_ name: String, programs: String? = nil) throws {
        let binary = try #require(BuiltBinary.path, "nbgit is not beside the tests")
        let failure = try Transcript.failure(
            in: TranscriptTests.folder.appendingPathComponent("programs/\(name).txt"),
            binary: binary, on: Stage(programs: programs), isRecording: Transcript.isRecording)
        if let failure { Issue.record("\(name)\n\(failure)") }
    }

    @Test(.enabled(if: isInstalled("gpg"), "gpg is not installed"))
    func `commits are signed with gpg`() throws { try play("gpg") }

    @Test(.enabled(if: isInstalled("ssh-keygen"), "ssh-keygen is not installed"))
    func `commits are signed with ssh-keygen`() throws { try play("ssh-keygen") }

    @Test(.enabled(if: isInstalled("git-lfs"), "git-lfs is not installed"))
    func `large files go through git-lfs`() throws { try play("git-lfs") }

    @Test(
        .enabled(
            if: isInstalled("pre-commit"), "run 'Scripts/install-dependencies programs' first"))
    func `pre-commit looks at what is committed`() throws {
        try play("pre-commit", programs: Self.pythonPrograms)
    }

    @Test(
        .enabled(
            if: isInstalled("pre-commit"), "run 'Scripts/install-dependencies programs' first"))
    func `pre-commit keeps notebooks and scripts in step`() throws {
        try play("pre-commit-notebooks", programs: Self.pythonPrograms)
    }

    @Test(
        .enabled(if: isInstalled("prek"), "run 'Scripts/install-dependencies programs' first"))
    func `prek keeps notebooks and scripts in step`() throws {
        try play("prek", programs: Self.pythonPrograms)
    }

    @Test(
        .enabled(
            if: isInstalled("nbstripout"), "run 'Scripts/install-dependencies programs' first"))
    func `nbstripout takes outputs out of notebooks`() throws {
        try play("nbstripout", programs: Self.pythonPrograms)
    }
}
