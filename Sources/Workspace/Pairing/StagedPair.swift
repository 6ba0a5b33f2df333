public import Platform

/// What became of a notebook and a script of which one is staged; paths from the root of the work tree.
public struct StagedPair: Sendable {
    /// What the staged contents come to.
    public enum Outcome: Sendable, Equatable {
        /// They say the same.
        case agreed
        /// These files are behind what is staged of the other, and nothing was written.
        case behind([Path])
        /// The work tree has these files as they are to be staged: some were written, some were there.
        case unstaged(written: [Path], there: [Path])
        /// These files were brought up to date and staged.
        case staged([Path])
        /// This file would have to be written, but has edits that are not staged.
        case blocked(Path)
        /// This file would have to be written, but another one that git does not know is there.
        case occupied(Path)
        /// One was renamed, and the other still has its old name, when this would be the new one.
        case leftBehind(Path, newName: Path)
        /// Both are staged, and say different things in these cells, from 1.
        case conflicting([Int])
        /// One of them cannot be read.
        case failed(Failure)
    }

    /// The notebook.
    public let notebook: Path
    /// The script.
    public let script: Path
    /// What happened.
    public let outcome: Outcome
}
