package import Store
package import Vocabulary

/// How people want to be told.
package enum PreferenceTable {
    /// What somebody asked for; the usual when nothing.
    package static func preference(of addressee: Subject, in tx: Transaction) throws -> NoticePreference {
        let row = try tx.row(
            "SELECT wants_sms, mail, language FROM notice_preference WHERE addressee = \(addressee)")
        guard let row else { return NoticePreference() }
        return NoticePreference(
            wantsSMS: try row.integer(0) == 1, mail: try row.optionalText(1).flatMap(MailAddress.init),
            language: NoticeLanguage(rawValue: try row.text(2)) ?? .zh)
    }

    /// Keeps what somebody asks for from now on.
    package static func keep(
        _ preference: NoticePreference, of addressee: Subject, stamp: Stamp, in tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO notice_preference (addressee, wants_sms, mail, language, changed_at)
            VALUES (\(addressee), \(preference.wantsSMS), \(preference.mail?.text), \(preference.language.rawValue),
                \(stamp.now))
            ON CONFLICT (addressee) DO UPDATE SET wants_sms = excluded.wants_sms, mail = excluded.mail,
                language = excluded.language, changed_at = excluded.changed_at
            """)
        try NoticeEntry.preferenceChanged(preference).write(of: addressee, stamp: stamp, in: tx)
    }
}
