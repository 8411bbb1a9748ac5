import axios from 'axios'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

type Piece = { contentItemId: string; title: string; product: string; approvalNumber: string }

export const usePieces = defineStore('pieces', () => {
  const pieces = shallowRef<Piece[]>([])
  async function load(): Promise<void> {
    pieces.value = (await axios.post<{ pieces: Piece[] }>('/api/rep/start', {})).data.pieces
  }
  return { pieces, load }
})
