import Git
import Platform
import Support

/// What git says in the formats that it keeps for programs.
enum PorcelainAnswer {
    /// The records of `--name-status`; git compares files in conflict once more, which we leave out.
    static func names(_ text: String) -> [String] {
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
    static func records(_ text: String) -> [String] {
        var fields = text.split(separator: "\0").map(String.init)[...]
        var records: [String] = []
        while let first = fields.popFirst() {
            let record = withoutSubmoduleState(first)
            records.append(
                record.hasPrefix("2 ") ? record + " <- " + (fields.popFirst() ?? "") : record)
        }
        return records
    }

    /// What of a submodule changed is not said by nbgit.
    private static func withoutSubmoduleState(_ record: String) -> String {
        guard let place = record.firstIndex(of: "S"),
            record.distance(from: record.startIndex, to: place) == 5,
            "12u".contains(record.prefix(1))
        else { return record }
        return record.prefix(upTo: place) + "S" + record[place...].drop { $0 != " " }
    }
}

extension Status {
    /// The lines of `git status --porcelain=v2`.
    func porcelain(in folder: String) throws -> [String] {
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
    var nameStatus: String {
        let name = String(decoding: path.bytes, as: UTF8.self)
        guard let similarity, let old else { return "\(kind.letter) \(name)" }
        let digits = String(similarity)
        let padded = String(repeating: "0", count: 3 - digits.count) + digits
        return "R\(padded) \(String(decoding: old.path.bytes, as: UTF8.self)) -> \(name)"
    }
}
