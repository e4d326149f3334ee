// Checks a public log of certificates with Go's own sumdb/note and sumdb/tlog, as a monitor and as a holder would, and
// that what was changed is refused.
//
// logcheck LOG KEY PROOF [OLD]: the log's address or a folder with its files, its verifier key, a .tlog-proof of its
// newest checkpoint, and a folder with an older checkpoint (checkpoint) and the consistency proof from it to the newest
// (consistency.json).
package main

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type tree struct {
	origin string
	tlog.Tree
}

func must(err error, what string) {
	if err != nil {
		log.Fatalf("%s: %v", what, err)
	}
}

func refused(err error, what string) {
	if err == nil {
		log.Fatalf("%s was accepted", what)
	}
}

// open verifies a checkpoint and reads its three lines.
func open(text []byte, verifier note.Verifier) tree {
	n, err := note.Open(text, note.VerifierList(verifier))
	must(err, "the checkpoint")
	lines := strings.Split(n.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err, "the size")
	raw, err := base64.StdEncoding.DecodeString(lines[2])
	must(err, "the root")
	var root tlog.Hash
	copy(root[:], raw)
	return tree{lines[0], tlog.Tree{N: size, Hash: root}}
}

func hash(text string) tlog.Hash {
	h, err := tlog.ParseHash(text)
	must(err, "a hash")
	return h
}

func fetch(url string) []byte {
	if !strings.HasPrefix(url, "http") {
		body, err := os.ReadFile(url)
		must(err, url)
		return body
	}
	answer, err := http.Get(url)
	must(err, url)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(err, url)
	if answer.StatusCode != 200 {
		log.Fatalf("%s: %d", url, answer.StatusCode)
	}
	return body
}

// tiles fetches by the paths of tlog-tiles, which name no height.
type tiles struct{ url string }

func (t tiles) Height() int { return 8 }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range wanted {
		data = append(data, fetch(t.url+"/"+strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
	}
	return data, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

// entries fetches every line of the log.
func entries(url string, size int64) [][]byte {
	var all [][]byte
	for index := int64(0); index*256 < size; index++ {
		tile := tlog.Tile{H: 8, L: 0, N: index, W: 256}
		if rest := size - index*256; rest < 256 {
			tile.W = int(rest)
		}
		bundle := fetch(url + "/" + strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1))
		for len(bundle) > 0 {
			length := int(binary.BigEndian.Uint16(bundle))
			all = append(all, bundle[2:2+length])
			bundle = bundle[2+length:]
		}
	}
	return all
}

func main() {
	url, keyText, proofFile := os.Args[1], os.Args[2], os.Args[3]
	verifier, err := note.NewVerifier(keyText)
	must(err, "the key")
	text := fetch(url + "/checkpoint")
	newest := open(text, verifier)
	if newest.origin != verifier.Name() {
		log.Fatalf("the origin is %s", newest.origin)
	}

	// The monitor: every line leads to the root, and so do the tiles.
	lines := entries(url, newest.N)
	if int64(len(lines)) != newest.N {
		log.Fatalf("%d lines of %d", len(lines), newest.N)
	}
	var stored []tlog.Hash
	kept := tlog.HashReaderFunc(func(places []int64) ([]tlog.Hash, error) {
		var found []tlog.Hash
		for _, place := range places {
			found = append(found, stored[place])
		}
		return found, nil
	})
	for index, line := range lines {
		more, err := tlog.StoredHashes(int64(index), line, kept)
		must(err, "a line")
		stored = append(stored, more...)
	}
	root, err := tlog.TreeHash(newest.N, kept)
	must(err, "the root of the lines")
	if root != newest.Hash {
		log.Fatal("the lines have another root")
	}
	reader := tlog.TileHashReader(newest.Tree, tiles{url})
	for index := int64(0); index < newest.N; index++ {
		path, err := tlog.ProveRecord(newest.N, index, reader)
		must(err, "a path from tiles")
		must(tlog.CheckRecord(path, newest.N, newest.Hash, index, tlog.RecordHash(lines[index])), "a line by tiles")
	}

	// The holder: the proof that the house gave her.
	proof, err := os.ReadFile(proofFile)
	must(err, "the proof")
	head, checkpoint, _ := strings.Cut(string(proof), "\n\n")
	signed := open([]byte(checkpoint), verifier)
	rows := strings.Split(head, "\n")
	if rows[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(rows[1], "extra ") {
		log.Fatal("not a proof")
	}
	raw, err := base64.StdEncoding.DecodeString(rows[1][6:])
	must(err, "the extra data")
	var extra struct{ Entry, Identifier, Salt string }
	must(json.Unmarshal(raw, &extra), "the extra data")
	index, err := strconv.ParseInt(strings.TrimPrefix(rows[2], "index "), 10, 64)
	must(err, "the index")
	var path tlog.RecordProof
	for _, row := range rows[3:] {
		path = append(path, hash(row))
	}
	leaf := tlog.RecordHash([]byte(extra.Entry))
	must(tlog.CheckRecord(path, signed.N, signed.Hash, index, leaf), "the proof")
	refused(tlog.CheckRecord(path, signed.N, signed.Hash, (index+1)%signed.N, leaf), "a wrong index")
	refused(tlog.CheckRecord(path, signed.N, signed.Hash, index, tlog.RecordHash([]byte(extra.Entry+" "))),
		"a changed leaf")
	refused(tlog.CheckRecord(path, signed.N*2+1, signed.Hash, index, leaf), "a changed size")
	changed := strings.Replace(checkpoint, fmt.Sprintf("\n%d\n", signed.N), fmt.Sprintf("\n%d\n", signed.N+1), 1)
	_, err = note.Open([]byte(changed), note.VerifierList(verifier))
	refused(err, "a checkpoint of another size")

	if len(os.Args) < 5 {
		fmt.Printf("sumdb/note and sumdb/tlog agree on %d lines\n", newest.N)
		return
	}
	old := os.Args[4]

	// Whoever kept an older checkpoint: the history was only added to.
	kept1, err := os.ReadFile(old + "/checkpoint")
	must(err, "the older checkpoint")
	earlier := open(kept1, verifier)
	var consistency struct {
		From, To int64
		Hashes   []string
	}
	kept2, err := os.ReadFile(old + "/consistency.json")
	must(err, "the consistency proof")
	must(json.Unmarshal(kept2, &consistency), "the consistency proof")
	var between tlog.TreeProof
	for _, text := range consistency.Hashes {
		between = append(between, hash(text))
	}
	must(tlog.CheckTree(between, newest.N, newest.Hash, earlier.N, earlier.Hash), "the consistency proof")
	fork := earlier.Hash
	fork[0] ^= 1
	refused(tlog.CheckTree(between, newest.N, newest.Hash, earlier.N, fork), "a forked history")
	refused(tlog.CheckTree(between, newest.N, newest.Hash, earlier.N-1, earlier.Hash), "an older log of another size")
	fmt.Printf("sumdb/note and sumdb/tlog agree on %d lines, from %d on\n", newest.N, earlier.N)
}
