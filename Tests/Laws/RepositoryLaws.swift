@testable import Git

extension Law {
    /// The lists of a rebase stay as git wrote them, and an author comes back from its script.
    static let rebase = Law("rebase") { input in
        for line in input.split(separator: .newline) {
            let step = RebaseStep(line: Array(line)) { _ in nil }
            if step.line != Array(line) { return "a line changed" }
            if case .pick = step.action { return "a commit that nobody knows is picked" }
        }
        guard let author = AuthorScript.author(input) else { return nil }
        // Behind the last '>' stands the date, whatever the name was.
        guard !(author.name + author.email).contains(where: { "<>\n".utf8.contains($0) }) else {
            return nil
        }
        let again = AuthorScript.author(AuthorScript.bytes(author))
        return again == author ? nil : "\(author.text) came back as \(again?.text ?? "nobody")"
    }

    /// What is put into a `.gitignore` is there once and can be taken out; all that stood there stays.
    ///
    /// The first line is the pattern, the rest is the file.
    static let ignoreFile = Law("ignore-file") { input in
        let line = input.prefix { $0 != .newline }
        let before = Array(input.dropFirst(line.count + 1))
        // A carriage return at the end is no part of a line; see IgnoreMistake.
        guard let pattern = IgnorePattern(line: line), pattern.text.last != UInt8(ascii: "\r")
        else { return nil }
        var file = IgnoreFile(before)
        let added = file.add([pattern], comment: "a comment")
        if added.isEmpty { return file.bytes == before ? nil : "nothing was added, and it changed" }
        if !file.bytes.starts(with: before) { return "what stood there changed" }
        if !file.missing([pattern]).isEmpty { return "it was not added" }
        var again = file
        if !again.add([pattern], comment: "a comment").isEmpty { return "it was added twice" }
        let count = file.entries.count { $0.pattern == pattern }
        if file.remove(pattern) != count { return "not all of it was taken out" }
        if file.entries.contains(where: { $0.pattern == pattern }) { return "it is there yet" }
        let others = { (file: IgnoreFile) in file.entries.map(\.pattern).filter { $0 != pattern } }
        return others(file) == others(IgnoreFile(before)) ? nil : "another pattern is gone"
    }

    /// Attributes are read without harm, and a line is one rule or one macro at most.
    static let attributes = Law("attributes") { input in
        let file = AttributeFile(input, definesMacros: true)
        let most = input.count { $0 == .newline } + 1
        return file.rules.count + file.macros.count <= most ? nil : "rules from nowhere"
    }
}
