import Accounts
import Dossiers
import Hall
import Hummingbird
import HummingbirdTesting
import Store
import Testing
import Vocabulary

@testable import Web

@Suite struct UploadTests {
    @Test func `what is no file of the kinds taken, is empty or is one too many is refused, and the case stays`()
        async throws
    {
        try await BadInputTests.open { stage in
            let id = try await stage.maker.dossier(.correctionRequested)
            let applicant = try await stage.caller(.applicant)
            let path = "/dossiers/\(id)/corrections"
            let before = try await stage.maker.cast.house.hall.open(id)
            try await applicant.upload(path, [("restPlan", "plan.pdf", [])]).expect(refusal: UploadRefusal.empty)
            let others = [Array("MZ".utf8), Array("<html>".utf8), [0x50, 0x4B, 3, 4], Array(repeating: 0, count: 99)]
            for bytes in others {
                try await applicant.upload(path, [("restPlan", "plan.pdf", bytes)])
                    .expect(refusal: UploadRefusal.unknownKind, "\(bytes.prefix(4))")
            }
            let many = (0...Limits.uploadFilesMax).map { ("restPlan", "\($0).pdf", smallPDF + [UInt8($0)]) }
            try await applicant.upload(path, many).expect(refusal: UploadRefusal.tooManyFiles)
            try await applicant.upload(path, [("portrait", "plan.pdf", smallPDF)])
                .expect(refusal: DossierRefusal.unknownMaterial)
            let large = [("note", String(repeating: "a", count: PostedForm.bytesMax + 1))]
            try await applicant.upload(path, [], fields: large).expect(refusal: UploadRefusal.fieldTooLarge)
            try await applicant.upload(path, [], fields: [("note", "a\u{0}b")]).expect(refusal: UploadRefusal.malformed)
            let after = try await stage.house.hall.open(id)
            #expect(after.dossier == before.dossier)
            let sound = try await applicant.upload(path, [("restPlan", "plan.pdf", smallPDF)])
            #expect(sound.status == .seeOther)
        }
    }

    @Test func `a file beyond its limit is refused while it comes, and leaves nothing behind`() async throws {
        try await BadInputTests.open { stage in
            let id = try await stage.maker.dossier(.correctionRequested)
            let applicant = try await stage.caller(.applicant)
            let large = smallPDF + Array(repeating: 32, count: Limits.uploadBytesMax)
            try await stage.unchanged("a large file") {
                try await applicant.upload("/dossiers/\(id)/corrections", [("restPlan", "plan.pdf", large)])
                    .expect(refusal: BlobRefusal.tooLarge)
            }
        }
    }

    @Test func `a body that breaks off, or whose token does not stand before its files, is refused`() async throws {
        try await BadInputTests.open { stage in
            let id = try await stage.maker.dossier(.correctionRequested)
            let applicant = try await stage.caller(.applicant)
            let path = "/dossiers/\(id)/corrections"
            let type = "multipart/form-data; boundary=line"
            let token = "--line\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n\(applicant.csrf)\r\n"
            let file =
                "--line\r\nContent-Disposition: form-data; name=\"restPlan\"; filename=\"p.pdf\"\r\n\r\n%PDF-1.4\r\n"
            try await stage.unchanged("broken bodies") {
                for broken in ["", "--line", token, token + file, token + "--line\r\nx\r\n\r\n--line--", "\u{0}\u{1}"] {
                    try await applicant.send(path, broken, type: type)
                        .expect(refusal: UploadRefusal.malformed, broken.debugDescription)
                }
                try await applicant.send(path, file + token + "--line--\r\n", type: type)
                    .expect(refusal: LoginRefusal.forged)
                try await applicant.send(path, file + "--line--\r\n", type: type).expect(refusal: LoginRefusal.forged)
                let parts = String(repeating: token, count: Multipart.partsMax + 1) + "--line--\r\n"
                try await applicant.send(path, parts, type: type).expect(refusal: UploadRefusal.tooManyParts)
            }
            // The file was kept before the form was read to its end; the case knows nothing of it.
            try await applicant.send(path, token + file + "--line--\r\n", type: type)
                .expect(refusal: DoorRefusal.malformedForm, "no command token")
            #expect(try await stage.maker.stage(of: id) == .correctionRequested)
        }
    }
}
