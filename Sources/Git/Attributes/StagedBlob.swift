internal import Clibgit2
internal import Platform

/// The content that the index has of a file; in a conflict that of our side.
///
/// Follows `read_blob_data_from_index` of git's read-cache.c.
struct StagedBlob {
    let id: ObjectID
    private let repository: OpaquePointer

    /// Looks into the index that libgit2 has at the moment; nil where it has no such file.
    init?(_ path: Path, in repository: OpaquePointer) {
        var index: OpaquePointer?
        guard git_repository_index(&index, repository) == 0 else {
            git_error_clear()
            return nil
        }
        defer { git_index_free(index) }
        let entry =
            git_index_get_bypath(index, path.cName, 0) ?? git_index_get_bypath(index, path.cName, 2)
        git_error_clear()
        guard let entry = entry?.pointee, FileMode(rawValue: entry.mode).isFile else { return nil }
        id = ObjectID(entry.id)
        self.repository = repository
    }

    /// Its bytes; nil where they are missing.
    func content() -> [UInt8]? {
        var oid = id.oid
        var blob: OpaquePointer?
        guard git_blob_lookup(&blob, repository, &oid) == 0 else {
            git_error_clear()
            return nil
        }
        defer { git_blob_free(blob) }
        return Array(
            UnsafeRawBufferPointer(
                start: git_blob_rawcontent(blob), count: Int(git_blob_rawsize(blob))))
    }
}
