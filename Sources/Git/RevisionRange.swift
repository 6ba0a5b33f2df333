internal import Clibgit2

/// What a word such as `HEAD~2` or `main..topic` stands for.
public enum RevisionRange: Hashable, Sendable {
    /// One commit or tree.
    case single(ObjectID)
    /// Two of them, to be compared.
    case pair(ObjectID, ObjectID)
}

extension Repository {
    /// Reads a revision, `a..b`, or `a...b` for what happened on `b` since it left `a`.
    ///
    /// - Returns: nil where the word names nothing here.
    /// - Throws: ``GitError`` where it names two things that have no common ancestor.
    ///
    /// Follows gitrevisions(7).
    public func revisionRange(_ text: String) throws(GitError) -> RevisionRange? {
        guard let dots = text.placeOfDots else { return object(text).map { .single($0) } }
        let isSymmetric = text[dots].count == 3
        let (first, last) = (text[..<dots.lowerBound], text[dots.upperBound...])
        guard let old = object(first.isEmpty ? "HEAD" : String(first)),
            let new = object(last.isEmpty ? "HEAD" : String(last))
        else { return nil }
        guard isSymmetric else { return .pair(old, new) }
        var base = git_oid()
        var (one, other) = (old.oid, new.oid)
        try check("git_merge_base", git_merge_base(&base, pointer, &one, &other))
        return .pair(ObjectID(base), new)
    }

    private func object(_ text: String) -> ObjectID? {
        var object: OpaquePointer?
        guard git_revparse_single(&object, pointer, text) == 0 else {
            git_error_clear()
            return nil
        }
        defer { git_object_free(object) }
        return git_object_id(object).map { ObjectID($0.pointee) }
    }
}

extension String {
    /// Where `..` or `...` stands.
    fileprivate var placeOfDots: Range<String.Index>? {
        var start = startIndex
        while let place = self[start...].firstIndex(of: ".") {
            let run = self[place...].prefix { $0 == "." }
            if run.count == 2 || run.count == 3 { return run.startIndex..<run.endIndex }
            start = run.endIndex
        }
        return nil
    }
}
