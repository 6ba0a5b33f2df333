internal import Platform

/// One line of the list of a rebase: what is to be done next.
///
/// Follows git-rebase(1), "INTERACTIVE MODE", and `parse_insn_line` of git's sequencer.c.
struct RebaseStep {
    /// What it does.
    enum Action: Equatable {
        case pick(ObjectID)
        /// Nothing: a comment, `noop`, or a commit that is left out.
        case nothing
        /// Something that only git itself can do, such as `exec`.
        case unknown(String)
    }

    let action: Action
    /// The line as it stands, without its end.
    let line: [UInt8]

    /// The line that brings a commit over; git notes there that a commit changes nothing.
    init(picking commit: Commit, isEmpty: Bool) {
        action = .pick(commit.id)
        line =
            Array("pick \(commit.id) ".utf8) + commit.subjectBytes
            + (isEmpty ? Array(" # empty".utf8) : [])
    }

    /// Reads a line; `commit` finds what a short name stands for.
    init(line: [UInt8], commit: (Path) -> ObjectID?) {
        self.line = line
        let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard let first = words.first, first.first != UInt8(ascii: "#") else {
            action = .nothing
            return
        }
        let name = String(decoding: first, as: UTF8.self)
        switch name {
        case "noop", "drop", "d": action = .nothing
        case "pick", "p":
            let id = words.count > 1 ? commit(Path(bytes: Array(words[1]))) : nil
            action = id.map { .pick($0) } ?? .unknown(name)
        default: action = .unknown(name)
        }
    }

    /// Whether it counts among the commands.
    var isCommand: Bool {
        let first = line.first { $0 != 0x20 && $0 != 0x09 }
        return first != nil && first != UInt8(ascii: "#")
    }
}
