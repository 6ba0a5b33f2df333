internal import Clibgit2
internal import Platform

extension Repository {
    /// Stores the content of a file or a link of the work tree, after its filters; what is stored already is not
    /// written again.
    ///
    /// - Parameters:
    ///   - side: The file.
    ///   - status: What it was when it was looked at.
    /// - Returns: The name of the blob.
    /// - Throws: ``GitError`` with the file's path.
    func writeBlob(
        of side: FileChange.Side, _ status: FileStatus
    ) throws(GitError) -> ObjectID {
        do throws(GitError) {
            if side.mode.isFile, try isStreamed(side.path, status) {
                return try streamedBlob(of: side.path, byteCount: status.byteCount)
            }
            let bytes = try content(ofFileAt: side.path, mode: side.mode, isKept: true)
            var oid = git_oid()
            let answer = sharing.apply {
                bytes.withUnsafeBytes {
                    git_blob_create_from_buffer(&oid, pointer, $0.baseAddress, $0.count)
                }
            }
            try check("git_blob_create_from_buffer", answer)
            return ObjectID(oid)
        } catch {
            throw error.about(side.path)
        }
    }

    private func streamedBlob(
        of path: Path, byteCount: Int
    ) throws(GitError) -> ObjectID {
        let full = (workTree ?? ".").appending(path)
        let objects = try made("git_repository_odb") { git_repository_odb(&$0, pointer) }
        defer { git_odb_free(objects) }
        return try sharing.apply { () throws(GitError) in
            var stream: UnsafeMutablePointer<git_odb_stream>?
            try check(
                "git_odb_open_wstream",
                git_odb_open_wstream(
                    &stream, objects, git_object_size_t(byteCount), GIT_OBJECT_BLOB))
            defer { git_odb_stream_free(stream) }
            var written = 0
            var failure: GitError?
            try system { () throws(SystemError) in
                try File.eachPiece(of: full) { piece in
                    let answer = piece.withUnsafeBytes {
                        git_odb_stream_write(
                            stream, $0.bindMemory(to: CChar.self).baseAddress, $0.count)
                    }
                    do throws(GitError) { try check("git_odb_stream_write", answer) } catch {
                        failure = error
                    }
                    written += piece.count
                    return failure == nil
                }
            }
            if let failure { throw failure }
            guard written == byteCount else {
                throw GitError("changed while it was read", path: path, hint: "try again")
            }
            var oid = git_oid()
            try check(
                "git_odb_stream_finalize_write", git_odb_stream_finalize_write(&oid, stream))
            return ObjectID(oid)
        }
    }
}
