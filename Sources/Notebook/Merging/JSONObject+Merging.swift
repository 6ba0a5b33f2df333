extension JSONObject {
    /// Brings together two edited versions of an object, member by member and down into objects.
    ///
    /// - Parameters:
    ///   - base: What both come from.
    ///   - theirs: The other version.
    ///   - kept: Collects the keys, from the outermost, where both changed a value and this one stayed.
    /// - Returns: This object with the changes of the other; new members stand last.
    func merged(
        from base: JSONObject, with theirs: JSONObject, kept: inout [[JSONString]]
    ) -> JSONObject {
        merged(from: base, with: theirs, below: [], kept: &kept)
    }

    private func merged(
        from base: JSONObject, with theirs: JSONObject, below path: [JSONString],
        kept: inout [[JSONString]]
    ) -> JSONObject {
        var result = self
        let keys = (theirs.members + base.members.filter { theirs[$0.key] == nil }).map(\.key)
        for key in keys {
            let (old, our, their) = (base[key], self[key], theirs[key])
            if isSame(our, their) || isSame(old, their) { continue }
            if isSame(old, our) {
                result[key] = their
            } else if let our = our?.object, let their = their?.object {
                let merged = our.merged(
                    from: old?.object ?? [:], with: their, below: path + [key], kept: &kept)
                result[key] = .object(merged)
            } else {
                kept.append(path + [key])
            }
        }
        return result
    }
}

/// Whether both are missing, or both say the same.
private func isSame(_ one: JSONValue?, _ other: JSONValue?) -> Bool {
    guard let one, let other else { return one == nil && other == nil }
    return one == other || one.isEquivalent(to: other)
}
