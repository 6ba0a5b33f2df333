internal import Clibgit2

/// One commit, as it is stored.
///
/// Follows git-cat-file(1) and commit.c of git.
public struct Commit: Hashable, Sendable {
    /// Its name.
    public let id: ObjectID
    /// What the work tree looked like.
    public let tree: ObjectID
    /// The commits it was made on: none for the first, two and more for a merge.
    public let parents: [ObjectID]
    /// Who wrote the change.
    public let author: Signature
    /// Who made the commit.
    public let committer: Signature
    /// What the text is written in, where it is not UTF-8.
    public let encoding: String?
    /// The whole text, with its line ends.
    public let message: [UInt8]

    /// The first paragraph on one line.
    ///
    /// Follows format_subject of git's pretty.c.
    public var subject: String { decoded(subjectBytes) }

    /// The same, byte for byte.
    var subjectBytes: [UInt8] {
        var lines: [ArraySlice<UInt8>] = []
        for line in message.split(separator: .newline, omittingEmptySubsequences: false) {
            let isBlank = line.allSatisfy { $0 <= 32 }
            if isBlank, !lines.isEmpty { break }
            if !isBlank { lines.append(line) }
        }
        let trimmed = lines.map { line in
            var line = line
            while let last = line.last, last <= 32 { line.removeLast() }
            return line
        }
        return Array(trimmed.joined(separator: [UInt8(ascii: " ")]))
    }

    /// The text behind the first paragraph, without blank lines around it; may be empty.
    public var body: String {
        let lines = message.split(separator: .newline, omittingEmptySubsequences: false)
        let first = lines.drop { $0.allSatisfy { $0 <= 32 } }
        let rest = first.drop { !$0.allSatisfy { $0 <= 32 } }
        var kept = rest.drop { $0.allSatisfy { $0 <= 32 } }
        while let last = kept.last, last.allSatisfy({ $0 <= 32 }) { kept.removeLast() }
        return decoded(Array(kept.joined(separator: [.newline])))
    }

    /// Text of this commit, such as a name, for a person to read; what cannot be decoded is U+FFFD.
    public func decoded(_ bytes: [UInt8]) -> String {
        switch encoding?.lowercased() {
        case "iso-8859-1", "iso8859-1", "latin1", "latin-1":
            String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        default: String(decoding: bytes, as: UTF8.self)
        }
    }
}

extension Commit {
    /// Reads the bytes of a commit object; header lines that are not known are passed over.
    init?(id: ObjectID, bytes: [UInt8]) {
        var rest = bytes[...]
        var tree: ObjectID?
        var parents: [ObjectID] = []
        var people: [String: Signature] = [:]
        var encoding: String?
        while let end = rest.firstIndex(of: .newline), end != rest.startIndex {
            let line = rest[..<end]
            rest = rest[(end + 1)...]
            let space = line.firstIndex(of: UInt8(ascii: " ")) ?? line.endIndex
            let value = line[space...].dropFirst()
            switch String(decoding: line[..<space], as: UTF8.self) {
            case "tree": tree = ObjectID(hexadecimal: String(decoding: value, as: UTF8.self))
            case "parent":
                let text = String(decoding: value, as: UTF8.self)
                if let parent = ObjectID(hexadecimal: text) { parents.append(parent) }
            case "encoding": encoding = String(decoding: value, as: UTF8.self)
            case let name where name == "author" || name == "committer":
                people[name] = Signature(line: value)
            default: continue
            }
        }
        guard let tree, let author = people["author"] else { return nil }
        self.id = id
        self.tree = tree
        self.parents = parents
        self.author = author
        committer = people["committer"] ?? author
        self.encoding = encoding
        message = Array(rest.dropFirst())
    }

    /// The bytes of the object; a signature goes into the header `gpgsig`, line by line.
    func bytes(signature: [UInt8]? = nil) -> [UInt8] {
        var bytes = Array("tree \(tree)\n".utf8)
        for parent in parents { bytes += Array("parent \(parent)\n".utf8) }
        bytes += Array("author ".utf8) + author.line + [.newline]
        bytes += Array("committer ".utf8) + committer.line + [.newline]
        if let encoding { bytes += Array("encoding \(encoding)\n".utf8) }
        if let signature {
            var lines = signature.split(separator: .newline, omittingEmptySubsequences: false)
            if lines.last?.isEmpty == true { lines.removeLast() }
            bytes += Array("gpgsig ".utf8) + lines.joined(separator: Array("\n ".utf8)) + [.newline]
        }
        return bytes + [.newline] + message
    }
}

extension Repository {
    /// Reads a commit, or what stands in for it (git-replace(1)) under its name.
    ///
    /// - Throws: ``GitError`` where there is no such object, or it is no commit.
    public func commit(_ id: ObjectID) throws(GitError) -> Commit {
        let bytes = try object(replacements[id] ?? id, kind: GIT_OBJECT_COMMIT)
        guard let commit = Commit(id: id, bytes: bytes) else {
            throw GitError("the commit \(id) is broken", hint: "run 'git fsck'")
        }
        return commit
    }

    /// The bytes of an object.
    func object(_ id: ObjectID, kind: git_object_t) throws(GitError) -> [UInt8] {
        let database = try made("git_repository_odb") { git_repository_odb(&$0, pointer) }
        defer { git_odb_free(database) }
        var oid = id.oid
        let object = try made("git_odb_read") { git_odb_read(&$0, database, &oid) }
        defer { git_odb_object_free(object) }
        guard git_odb_object_type(object) == kind else {
            throw GitError("\(id) is not the kind of object that was expected")
        }
        let buffer = UnsafeRawBufferPointer(
            start: git_odb_object_data(object), count: git_odb_object_size(object))
        return Array(buffer)
    }

    /// Stores an object, and gives its name.
    func write(_ bytes: [UInt8], kind: git_object_t) throws(GitError) -> ObjectID {
        let database = try made("git_repository_odb") { git_repository_odb(&$0, pointer) }
        defer { git_odb_free(database) }
        var oid = git_oid()
        let answer = sharing.apply { git_odb_write(&oid, database, bytes, bytes.count, kind) }
        try check("git_odb_write", answer)
        return ObjectID(oid)
    }
}

extension UInt8 {
    static let newline = UInt8(ascii: "\n")
}
